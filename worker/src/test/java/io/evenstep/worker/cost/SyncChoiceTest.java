package io.evenstep.worker.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.cost.SyncCost.Shape;
import io.evenstep.worker.cost.SyncCost.StepSpeed;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.plan.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncChoiceTest {
  private static final List<SyncPlan> SUMS =
      List.of(
          new SyncPlan.AllReduce(),
          new SyncPlan.AllReduce(Wire.BFLOAT16),
          new SyncPlan.AllReduce(Wire.INT8));
  private static final SyncPlan SHARING =
      new SyncPlan.Sharing(SyncPlan.Method.TOP_K, 0.999, 1e-3, 0, 0, 0);
  private static final SyncPlan AVERAGING =
      new SyncPlan.Averaging(50, false, 4, SyncPlan.Outer.MEAN);
  private static final int LENGTH = 1 << 20;
  private static final StepSpeed NO_TIME = new StepSpeed(0, 0, 0, 0);
  private static final Map<Wire, CodecSpeed> CODECS =
      Map.of(
          Wire.BFLOAT16, new CodecSpeed(0.3e-9, 0.3e-9, 0.3e-9),
          Wire.INT8, new CodecSpeed(2e-9, 2e-9, 1e-9));

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

  /** Two hosts with two ranks each; a rank has two shards of 32 rows, or one island of 64. */
  @Test
  void addsTheComputationAndTheUpdate() {
    ExchangeCost free = new ExchangeCost(LinkSpeed.NONE, Map.of(), 0);
    StepSpeed speed = new StepSpeed(1e-3, 8e-3, 1e-9, 1e-6);
    SyncCost cost = new SyncCost(free, speed, shape(2, 2));
    assertThat(cost.seconds(SUMS.get(0))).isCloseTo(64e-3 + 4e-3, within(1e-9));
    assertThat(cost.seconds(AVERAGING)).isCloseTo(64e-3 + 8e-3, within(1e-9)); // not shared
    double entries = 1049; // a thousandth, of each of 8 shards
    assertThat(cost.seconds(SHARING))
        .isCloseTo(68e-3 + 2 * LENGTH * 1e-9 + 8 * entries * 1e-6, within(1e-6));
  }

  /** Four ranks by themselves, two on a host: two thirds of what a rank sends leave its host. */
  @Test
  void sharesAHostsNetworkAmongRanksThatAverage() {
    LinkSpeed link = new LinkSpeed(0, 0, 1e9);
    SyncCost cost = new SyncCost(new ExchangeCost(link, Map.of(), 0), NO_TIME, shape(2, 2));
    double bytes = 2 * 3 / 4.0 * 4 * LENGTH * (2 * 2 / 3.0);
    assertThat(cost.seconds(AVERAGING)).isCloseTo(bytes / 1e9 / 50, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, int8", // 8.4 MB take 0.67 s as floats, and coding takes about 10 ms
    "1, int8",
    "10, bfloat16", // 6.7 ms as floats; bfloat16 saves 3.4 and costs 1.6, int8 saves 5 and costs 9
    "100, float32"
  })
  void takesTheFastestFormat(double gigabits, String expected) {
    Shape shape = new Shape(new ShardPlan(1000, 2, 1, 2, 2), List.of(0, 1, 2), 2 * LENGTH, 0, 0);
    SyncChoice choice = SyncChoice.fastest(cost(gigabits, NO_TIME, shape), SUMS);
    assertThat(SyncChoice.name(choice.plan())).isEqualTo(expected);
    assertThat(choice.reason()).endsWith("; " + expected + " is the fastest");
    assertThat(choice.report().figures())
        .containsOnlyKeys(
            "float32Milliseconds",
            "bfloat16Milliseconds",
            "int8Milliseconds",
            "latencyMilliseconds",
            "gigabitsPerSecond");
  }

  /** A step computes 10 ms. Choosing the entries that sharing sends takes 4 ms. */
  @ParameterizedTest
  @CsvSource({
    "0.1, sharing", // averaging sends 8.4 MB every 50 steps, which is 13 ms a step; sharing 1.3 ms
    "1, averaging", // 1.3 ms a step
    "1000, float32" // 0.4 ms
  })
  void takesTheFastestWay(double gigabits, String expected) {
    List<SyncPlan> ways = List.of(SUMS.get(0), SHARING, AVERAGING);
    StepSpeed speed = new StepSpeed(10e-3 / 64, 0, 2e-9, 2e-9);
    SyncChoice choice = SyncChoice.fastest(cost(gigabits, speed, shape(2, 2)), ways);
    assertThat(SyncChoice.name(choice.plan())).as("%s", choice.reason()).isEqualTo(expected);
  }

  /** What is saved counts as a part of the whole step. */
  @Test
  void staysExactWhereLittleIsGained() {
    StepSpeed slow = new StepSpeed(1, 0, 0, 0);
    SyncChoice choice = SyncChoice.fastest(cost(1, slow, shape(2, 1)), SUMS);
    assertThat(choice.seconds().get("int8")).isLessThan(choice.seconds().get("float32"));
    assertThat(SyncChoice.name(choice.plan())).isEqualTo("float32");
    assertThat(choice.reason()).endsWith("; float32 is exact enough: no other way saves 5 %");
  }

  @Test
  void keepsOnlyAWayThatTheJobAllows() {
    assertThat(SyncChoice.kept(SUMS, "int8").orElseThrow().plan()).isEqualTo(SUMS.get(2));
    assertThat(SyncChoice.kept(SUMS, "sharing")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void isTheSameOnEveryHost(int hosts) throws Exception {
    Duration limit = Duration.ofSeconds(30);
    List<SyncPlan> ways = List.of(SUMS.get(0), SUMS.get(1), SHARING);
    List<SyncChoice> choices =
        Ranks.run(
            hosts,
            (rank, rendezvous) -> {
              Membership me = new Membership("test", TestSecret.SECRET, rank, hosts);
              try (Communicator world =
                  Communicator.join(me, rendezvous, TestLimits.all(limit), notice -> {})) {
                double mine = 1e-5 * (rank + 1); // the slowest host counts
                return SyncChoice.fastest(
                    SpeedProbe.measure(world, ways, shape(hosts, 1), mine, mine), ways);
              }
            });
    assertThat(choices).containsOnly(choices.get(0));
    assertThat(choices.get(0).seconds()).containsOnlyKeys("float32", "bfloat16", "sharing");
    assertThat(choices.get(0).seconds().values())
        .allSatisfy(seconds -> assertThat(seconds).isBetween(1e-5, 10.0));
    if (hosts == 1) {
      assertThat(SyncChoice.name(choices.get(0).plan())).isEqualTo("float32");
    } else {
      assertThat(choices.get(0).link().latencySeconds()).isPositive();
      assertThat(choices.get(0).link().bytesPerSecond()).isBetween(1e6, 1e12);
    }
  }

  private static SyncCost cost(double gigabits, StepSpeed speed, Shape shape) {
    LinkSpeed link = new LinkSpeed(1e-4, 1e-5, gigabits * 1e9 / 8);
    return new SyncCost(new ExchangeCost(link, CODECS, 1e-10), speed, shape);
  }

  /** 256 rows in 8 shards. */
  private static Shape shape(int hosts, int ranksOfEach) {
    List<Integer> places =
        IntStream.rangeClosed(0, hosts).mapToObj(host -> host * ranksOfEach).toList();
    ShardPlan shards = new ShardPlan(10_000, 256, 1, 8, hosts * ranksOfEach);
    return new Shape(shards, places, LENGTH, 0, 2 * LENGTH);
  }
}
