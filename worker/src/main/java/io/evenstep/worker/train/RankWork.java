package io.evenstep.worker.train;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.RandomKey;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.sync.SyncStrategy;
import java.util.Optional;

/**
 * What one rank of a host computes: the gradients of its own shards, over the rows that its own
 * feed reads ahead. Belongs to that rank's thread.
 */
final class RankWork {
  private final int member;
  private final ShardPass pass;
  private final StepClock clock;
  private final long seed;

  RankWork(int member, ShardPass pass, StepClock clock, long seed) {
    this.member = member;
    this.pass = pass;
    this.clock = clock;
    this.seed = seed;
  }

  ShardPass pass() {
    return pass;
  }

  /** The next step's rows; empty after the last epoch. */
  Optional<StepRows> next(TrainingFeed feed) {
    Phase before = clock.enter(Phase.FEED);
    Optional<StepRows> rows = feed.next();
    clock.enter(before);
    return rows;
  }

  /** Computes this rank's shards of a step. */
  void compute(StepRows rows, SyncStrategy sync) {
    for (StepRows.Shard shard : rows.shards()) {
      try (MiniBatch batch = shard.rows()) {
        double loss = gradient(rows.step(), shard, sync);
        sync.add(member, shard.index(), batch.rows(), loss);
      }
    }
  }

  private double gradient(long step, StepRows.Shard shard, SyncStrategy sync) {
    Phase before = clock.enter(Phase.COMPUTE);
    try {
      long key = RandomKey.of(seed, step, shard.index());
      return pass.accumulate(shard.index(), shard.rows(), key, sync.target(member));
    } catch (DivergedException e) {
      return Double.NaN; // reaches all ranks with the sum, so that all stop at the same step
    } finally {
      clock.enter(before);
    }
  }
}
