package io.evenstep.worker.collective;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.host.Crew;
import io.evenstep.worker.host.Crews;
import io.evenstep.worker.host.Seating;
import io.evenstep.worker.mesh.MemoryMesh;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.plan.WireFormat;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The all-reduce as in a run with hundreds of ranks: its own code on every rank, each rank a
 * thread, with a transport in memory instead of sockets.
 */
class ManyHostsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STEPS = 2;

  /** What a host has after all steps. */
  private record Outcome(List<String> bits, double bytesPerStep) {}

  /**
   * 32 hosts of 8 ranks with a shard each, and hosts of 1 to 5 ranks with two or three shards each,
   * which form several subtrees; in the last case half of the shards have no rows.
   */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 32, 8, 256, 256",
    "BFLOAT16, 32, 8, 256, 256",
    "INT8, 32, 8, 256, 256",
    "FLOAT32, 31, 5, 256, 256",
    "INT8, 31, 5, 256, 131"
  })
  void givesTheBitsOfOneRank(Wire wire, int hosts, int most, int shards, int present)
      throws Exception {
    int length = 9_001; // 71 blocks, so that some hosts have larger slices
    List<List<Integer>> seats = new ArrayList<>();
    int ranks = 0;
    for (int host = 0; host < hosts; host++) {
      int size = hosts == 32 ? most : 1 + (host * 7) % most;
      seats.add(IntStream.range(ranks, ranks + size).boxed().toList());
      ranks += size;
    }
    List<Outcome> one = run(wire, new Seating(List.of(List.of(0))), shards, present, length);
    List<Outcome> many = run(wire, new Seating(seats), shards, present, length);
    assertThat(many).hasSize(hosts);
    assertThat(many).allSatisfy(each -> assertThat(each.bits).isEqualTo(one.get(0).bits));
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void sendsWithinTwoPercentOfTheLeast(Wire wire) throws Exception {
    int hosts = 32;
    int length = 1 << 17;
    List<List<Integer>> seats =
        IntStream.range(0, hosts).mapToObj(host -> List.of(2 * host, 2 * host + 1)).toList();
    List<Outcome> outcomes = run(wire, new Seating(seats), 64, 64, length);
    double least = 2.0 * (hosts - 1) / hosts * wire.bytes(length);
    assertThat(outcomes)
        .allSatisfy(each -> assertThat(each.bytesPerStep / least).isBetween(1.0, 1.02));
  }

  private static List<Outcome> run(Wire wire, Seating seating, int shards, int present, int length)
      throws Exception {
    int hosts = seating.hosts().size();
    Shares shares = new Shares(shards, seating.firstPlaces(), length);
    List<Crews<Integer>> crews =
        Stream.generate(Crews<Integer>::new).limit(hosts).toList(); // one process per host
    try (MemoryMesh mesh = new MemoryMesh(hosts)) {
      List<List<Outcome>> outcomes =
          Ranks.run(
              seating.worldSize(),
              LIMIT,
              (rank, rendezvous) -> {
                int host = seating.hostOf(rank);
                List<Integer> ranks = seating.hosts().get(host);
                Crew<Integer> crew =
                    crews.get(host).join(List.of("many"), ranks, rank, rank, LIMIT);
                if (rank != seating.leadOf(rank)) {
                  crew.serve(rank);
                  return List.of();
                }
                Communicator world = new Communicator(mesh.seat(host));
                return List.of(lead(crew, world, shares, present, new WireFormat(wire, 7)));
              });
      return outcomes.stream().flatMap(List::stream).toList();
    }
  }

  private static Outcome lead(
      Crew<Integer> crew, Communicator world, Shares shares, int present, WireFormat format) {
    RuntimeException failure = new IllegalStateException("The lead has failed");
    boolean done = false;
    try {
      List<StepClock> clocks = crew.members().stream().map(rank -> new StepClock()).toList();
      Outcome outcome = train(new TimedCrew(crew, clocks), world, shares, present, format);
      crew.close();
      done = true;
      return outcome;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      if (!done) {
        crew.fail(failure);
      }
    }
  }

  private static Outcome train(
      TimedCrew crew, Communicator world, Shares shares, int present, WireFormat format) {
    Region vector = Region.allocate(shares.sliceStart(shares.worldSize()));
    AllReduce sum = world.allReduce(vector, shares, crew, ranges(vector, crew.size()), format);
    int place = shares.places().get(world.rank());
    List<String> bits = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      int now = step;
      sum.begin(step, present);
      sum.listen();
      crew.each(
          Phase.COMPUTE,
          member -> {
            int end = Math.min(present, shares.firstShardOf(place + member + 1));
            for (int shard = shares.firstShardOf(place + member); shard < end; shard++) {
              sum.of(member).add(write(sum.of(member).target(), 1_000L * now + shard));
            }
          });
      StepLosses losses = sum.finish();
      bits.add(vector.sha256() + Double.toHexString(losses.total()));
    }
    return new Outcome(bits, (double) world.bytesSent() / STEPS);
  }

  private static List<Range> ranges(Region vector, int members) {
    long length = vector.length();
    return IntStream.range(0, members)
        .mapToObj(i -> new Range(length * i / members, length * (i + 1) / members))
        .toList();
  }

  /** Writes floats of many magnitudes, so that their sum depends on the order; returns a loss. */
  private static double write(Region gradient, long key) {
    FloatBuffer values = gradient.bytes().asFloatBuffer();
    for (int i = 0; i < values.limit(); i++) {
      long random = SplitMix64.mix((key << 20) + i);
      int exponent = 110 + (int) (random >>> 40 & 31);
      values.put(i, Float.intBitsToFloat((int) random & 0x807FFFFF | exponent << 23));
    }
    gradient.written();
    return Math.fma(key, 0.1, 1);
  }
}
