package io.evenstep.worker.bench;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.PackSplit;
import io.evenstep.model.network.Clipping;
import io.evenstep.model.network.Network;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.worker.Limits;
import io.evenstep.worker.StepClock;
import io.evenstep.worker.StepClock.Phase;
import io.evenstep.worker.comm.Communicator;
import io.evenstep.worker.comm.Membership;
import io.evenstep.worker.comm.Ranks;
import io.evenstep.worker.comm.Rendezvous;
import io.evenstep.worker.comm.Secret;
import io.evenstep.worker.comm.Shares;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.RandomKey;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.sync.ExactSync;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The training loop's steps, with the same parts, timed one by one. */
final class StepRun {
  private static final int BATCH = 128;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Secret SECRET = Secret.random();

  private final Path folder;
  private final PackSplit rows;
  private final int workers;
  private final int shards;
  private final Map<Integer, long[]> computedAt = new ConcurrentHashMap<>(); // [by rank, step]
  private Samples steps = new Samples(0);
  private long bytesPerStep;
  private long lowerBoundBytes;
  private double examplesPerSecond;

  StepRun(Path folder, PackSplit rows, int workers, int shards) {
    this.folder = folder;
    this.rows = rows;
    this.workers = workers;
    this.shards = shards;
  }

  /** Trains so many epochs; milliseconds of rank 0 in each phase of each step. */
  Map<Phase, Samples> times(int epochs) throws Exception {
    return Ranks.run(workers, LIMIT, (rank, rendezvous) -> rank(rank, rendezvous, epochs)).get(0);
  }

  Samples steps() {
    return steps;
  }

  long bytesPerStep() {
    return bytesPerStep;
  }

  long lowerBoundBytes() {
    return lowerBoundBytes;
  }

  double examplesPerSecond() {
    return examplesPerSecond;
  }

  private Map<Phase, Samples> rank(int rank, Rendezvous rendezvous, int epochs) throws IOException {
    NativeRuntime.oneThread();
    Membership me = new Membership("bench", SECRET, rank, workers);
    Limits limits = Limits.DEFAULT;
    try (Communicator world = Communicator.join(me, rendezvous, limits.connect(), limits.peer());
        TrainingFeed feed = feed(rank, epochs)) {
      StepClock clock = new StepClock();
      Network network = network();
      ExactSync sync = new ExactSync(world, network, shards, clock);
      int count = (int) ((rows.rows() + BATCH - 1) / BATCH) * epochs;
      Map<Phase, Samples> times = new EnumMap<>(Phase.class);
      for (Phase phase : Phase.values()) {
        times.put(phase, new Samples(count));
      }
      Samples whole = new Samples(count);
      world.allGather(new byte[0]);
      long sentBefore = world.bytesSent();
      long began = System.nanoTime();
      long[] computed = new long[count];
      List<Map<Phase, Double>> clocks = new ArrayList<>();
      clocks.add(clock.milliseconds());
      for (int step = 0; step < count; step++) {
        computed[step] = step(feed, network, sync, clock);
        clocks.add(clock.milliseconds());
      }
      computedAt.put(rank, computed);
      world.allGather(new byte[0]); // [all ranks have put theirs]
      for (int step = count / 3; step < count; step++) { // [the JVM is warm by then]
        Map<Phase, Double> spent = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
          spent.put(phase, clocks.get(step + 1).get(phase) - clocks.get(step).get(phase));
        }
        int at = step;
        long last = computedAt.values().stream().mapToLong(each -> each[at]).max().orElseThrow();
        double wait = (last - computed[step]) / 1e6;
        double both = spent.get(Phase.COMMUNICATE) + spent.get(Phase.WAIT);
        spent.put(Phase.WAIT, wait);
        spent.put(Phase.COMMUNICATE, both - wait);
        spent.forEach((phase, millis) -> times.get(phase).add(millis));
        whole.add(spent.values().stream().mapToDouble(Double::doubleValue).sum());
      }
      if (rank == 0) {
        steps = whole;
        bytesPerStep = (world.bytesSent() - sentBefore) / count;
        lowerBoundBytes = (long) sync.lowerBoundBytesPerStep();
        examplesPerSecond = rows.rows() * epochs * 1e9 / (System.nanoTime() - began);
      }
      return times;
    }
  }

  private static long step(TrainingFeed feed, Network network, ExactSync sync, StepClock clock) {
    clock.enter(Phase.FEED);
    StepRows next = feed.next().orElseThrow();
    clock.enter(Phase.OTHER);
    sync.begin(next.step(), next.rows());
    long computed = System.nanoTime();
    for (StepRows.Shard shard : next.shards()) {
      clock.enter(Phase.COMPUTE);
      long key = RandomKey.of(1, next.step(), shard.index());
      double loss = network.computeGradient(shard.rows(), key);
      clock.enter(Phase.OTHER);
      computed = System.nanoTime();
      sync.add(shard.index(), shard.rows().rows(), loss);
    }
    sync.finish(next.step(), next.epoch(), next.rows());
    return computed;
  }

  private TrainingFeed feed(int rank, int epochs) throws IOException {
    TrainingFeed.Lanes own =
        new TrainingFeed.Lanes(
            rows,
            BATCH,
            epochs,
            1,
            shards,
            Shares.firstShard(rank, shards, workers),
            Shares.firstShard(rank + 1, shards, workers));
    BlockReader reader =
        new BlockReader(
            TestPack.files(),
            new org.apache.hadoop.fs.Path(folder.toUri()),
            BenchPack.decoder().recordBytes());
    return TrainingFeed.start(
        own, reader, BenchPack.decoder(), Limits.DEFAULT, 0, "evenstep-feed-" + rank);
  }

  private static Network network() {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(512, 256))),
            Optional.empty(),
            "xavier",
            "relu",
            0,
            0,
            0,
            0,
            Optional.of(new OptimizerSpec("adam", 0.001, Map.of())),
            new ScheduleSpec("constant", 0, 1000, Map.of()),
            Clipping.NONE,
            1);
    return Networks.build(
        spec,
        List.of(Shape.of(BenchPack.PIXELS)),
        List.of(Shape.of(BenchPack.CLASSES)),
        Task.CLASSIFICATION);
  }
}
