package io.evenstep.worker.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.plan.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireChoiceTest {
  private static final List<Wire> ALL = List.of(Wire.INT8, Wire.FLOAT32, Wire.BFLOAT16);
  private static final int LENGTH = 1 << 20;

  /** Two hosts of two ranks with two shards each: 4 MiB in a megabyte per millisecond. */
  @Test
  void addsUpLatencyFramesAndBytes() {
    ExchangeCost cost = new ExchangeCost(new LinkSpeed(1e-3, 1e-5, 1e9), Map.of(), 0);
    Shares shares = new Shares(8, List.of(0, 2, 4), LENGTH);
    double frames = 2 * 4; // half of the vector in chunks of 512 KiB, there and back
    assertThat(cost.seconds(Wire.FLOAT32, shares))
        .isCloseTo(2e-3 + frames * 1e-5 + 4.0 * LENGTH / 1e9, within(1e-9));
    assertThat(cost.seconds(Wire.BFLOAT16, shares))
        .isCloseTo(2e-3 + frames * 1e-5 + 2.0 * LENGTH / 1e9, within(1e-9));
  }

  /** A rank rounds both of its shards, its range for the other rank, and its part of the sum. */
  @Test
  void addsRoundingAndAdditionsWhereNothingIsSent() {
    CodecSpeed codec = new CodecSpeed(1e-9, 1, 1);
    ExchangeCost cost = new ExchangeCost(LinkSpeed.NONE, Map.of(Wire.INT8, codec), 1e-10);
    Shares shares = new Shares(4, List.of(0, 2), LENGTH);
    assertThat(cost.seconds(Wire.FLOAT32, shares)).isCloseTo(LENGTH * 0.5e-10, within(1e-9));
    assertThat(cost.seconds(Wire.INT8, shares))
        .isCloseTo(LENGTH * (2 + 1 + 0.5) * 1e-9 + LENGTH * 0.5e-10, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, INT8", // 8.4 MB take 0.67 s as floats, and coding takes about 10 ms
    "1, INT8",
    "10, BFLOAT16", // 6.7 ms as floats; bfloat16 saves 3.4 and costs 1.6, int8 saves 5 and costs 9
    "100, FLOAT32"
  })
  void takesTheFastest(double gigabits, Wire expected) {
    LinkSpeed link = new LinkSpeed(1e-4, 1e-5, gigabits * 1e9 / 8);
    Map<Wire, CodecSpeed> codecs =
        Map.of(
            Wire.BFLOAT16, new CodecSpeed(0.3e-9, 0.3e-9, 0.3e-9),
            Wire.INT8, new CodecSpeed(2e-9, 2e-9, 1e-9));
    Shares shares = new Shares(2, 2, 2 * LENGTH);
    WireChoice choice = WireChoice.fastest(new ExchangeCost(link, codecs, 1e-10), ALL, shares);
    assertThat(choice.wire()).isEqualTo(expected);
    assertThat(choice.figures())
        .containsOnlyKeys(
            "float32Milliseconds",
            "bfloat16Milliseconds",
            "int8Milliseconds",
            "latencyMilliseconds",
            "gigabitsPerSecond");
  }

  @Test
  void staysExactWhereLittleIsGained() {
    ExchangeCost cost = new ExchangeCost(new LinkSpeed(1, 0, 1e9), Map.of(), 0);
    WireChoice choice = WireChoice.fastest(cost, ALL, new Shares(2, 2, LENGTH));
    assertThat(choice.seconds().get(Wire.INT8)).isLessThan(choice.seconds().get(Wire.FLOAT32));
    assertThat(choice.wire()).isEqualTo(Wire.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void isTheSameOnEveryHost(int hosts) throws Exception {
    Duration limit = Duration.ofSeconds(30);
    List<WireChoice> choices =
        Ranks.run(
            hosts,
            (rank, rendezvous) -> {
              Membership me = new Membership("test", TestSecret.SECRET, rank, hosts);
              try (Communicator world =
                  Communicator.join(me, rendezvous, TestLimits.all(limit), notice -> {})) {
                List<Wire> ways = List.of(Wire.FLOAT32, Wire.BFLOAT16);
                return WireChoice.make(world, ways, Optional.empty(), new Shares(8, hosts, 9_000));
              }
            });
    assertThat(choices).containsOnly(choices.get(0));
    assertThat(choices.get(0).seconds()).hasSize(2);
    assertThat(choices.get(0).seconds().values())
        .allSatisfy(seconds -> assertThat(seconds).isBetween(0.0, 10.0));
    if (hosts == 1) {
      assertThat(choices.get(0).wire()).isEqualTo(Wire.FLOAT32);
    } else {
      assertThat(choices.get(0).link().latencySeconds()).isPositive();
      assertThat(choices.get(0).link().bytesPerSecond()).isBetween(1e6, 1e12);
    }
  }
}
