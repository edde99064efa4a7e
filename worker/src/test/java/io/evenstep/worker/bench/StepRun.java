package io.evenstep.worker.bench;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.BlockReader;
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.sync.ExactSync;
import io.evenstep.worker.train.Learners;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The steps of a training loop, built from the same parts and timed one by one on every rank. */
final class StepRun {
  private static final int BATCH = 128;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Secret SECRET = Secret.random();

  private final BenchModel model;
  private final Path folder;
  private final PackSplit rows;
  private final int workers;
  private final int shards;

  StepRun(BenchModel model, Path folder, PackSplit rows, int workers, int shards) {
    this.model = model;
    this.folder = folder;
    this.rows = rows;
    this.workers = workers;
    this.shards = shards;
  }

  /** Trains for this many epochs. */
  StepTimes times(int epochs) throws Exception {
    return StepTimes.of(
        Ranks.run(workers, LIMIT, (rank, rendezvous) -> run(rank, rendezvous, epochs)), BATCH);
  }

  private RankTimes run(int rank, Rendezvous rendezvous, int epochs) throws IOException {
    NativeRuntime.oneThread();
    Membership me = new Membership("bench", SECRET, rank, workers);
    Limits limits = Limits.DEFAULT;
    try (Communicator world = Communicator.join(me, rendezvous, limits, notice -> {});
        TrainingFeed feed = feed(rank, epochs)) {
      StepClock clock = new StepClock();
      Learner learner = Learners.of(model.network(), Clipping.NONE);
      Pass pass = learner.pass();
      ExactSync sync =
          new ExactSync(
              world,
              learner,
              shards,
              ExactSync.Listening.WHILE_COMPUTING,
              clock,
              step -> "unknown");
      int steps =
          (int) new ShardPlan(rows.rows(), BATCH, 1, shards, workers).stepsPerEpoch() * epochs;
      RankTimes times = new RankTimes(steps, (long) sync.lowerBoundBytesPerStep());
      times.begin(clock, world.bytesSent());
      for (int step = 0; step < steps; step++) {
        times.stepDone(step(feed, pass, sync, clock), clock, world.bytesSent());
      }
      return times;
    }
  }

  /** Returns the time at which the last own shard was computed. */
  private static long step(TrainingFeed feed, Pass pass, ExactSync sync, StepClock clock) {
    clock.enter(Phase.FEED);
    StepRows next = feed.next().orElseThrow();
    clock.enter(Phase.OTHER);
    sync.begin(next.step(), next.rows());
    long computed = System.nanoTime();
    for (StepRows.Shard shard : next.shards()) {
      clock.enter(Phase.COMPUTE);
      long key = shard.randomKey(1, next.step());
      double loss = pass.accumulate(shard.rows(), key, sync.target(0));
      clock.enter(Phase.OTHER);
      computed = System.nanoTime();
      sync.add(0, shard.index(), shard.rows().rows(), loss);
    }
    sync.finish(next.step(), next.epoch(), next.rows());
    return computed;
  }

  private TrainingFeed feed(int rank, int epochs) throws IOException {
    ShardPlan plan = new ShardPlan(rows.rows(), BATCH, 1, shards, workers);
    TrainingFeed.Request own =
        new TrainingFeed.Request(rows, plan, rank, epochs, 1, RowOrder.SHUFFLED);
    BlockReader reader =
        new BlockReader(
            TestPack.files(),
            new org.apache.hadoop.fs.Path(folder.toUri()),
            model.decoder().recordBytes());
    return TrainingFeed.start(
        own, reader, model.decoder(), Augmenter.NONE, Limits.DEFAULT, 0, "evenstep-feed-" + rank);
  }

  /** What one rank records at the end of each step. */
  static final class RankTimes {
    final List<Map<Phase, Double>> clocks = new ArrayList<>(); // step + 1
    final long[] computedAt; // [step], nanoseconds
    final long lowerBoundBytes;
    long bytesBefore;
    long bytesAfter;

    RankTimes(int steps, long lowerBoundBytes) {
      this.computedAt = new long[steps];
      this.lowerBoundBytes = lowerBoundBytes;
    }

    void begin(StepClock clock, long bytesSent) {
      bytesBefore = bytesSent;
      clocks.add(clock.milliseconds());
    }

    void stepDone(long computed, StepClock clock, long bytesSent) {
      computedAt[clocks.size() - 1] = computed;
      clocks.add(clock.milliseconds());
      bytesAfter = bytesSent;
    }

    double millis(int step, Phase phase) {
      return clocks.get(step + 1).get(phase) - clocks.get(step).get(phase);
    }
  }
}
