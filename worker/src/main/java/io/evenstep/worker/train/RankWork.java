package io.evenstep.worker.train;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.PieceSum;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
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
  private final PieceSum pieces = new PieceSum();

  RankWork(int member, ShardPass pass, StepClock clock, long seed) {
    this.member = member;
    this.pass = pass;
    this.clock = clock;
    this.seed = seed;
  }

  ShardPass pass() {
    return pass;
  }

  /** The next step's rows, or the next part of them; empty after the last epoch. */
  Optional<StepRows> next(TrainingFeed feed) {
    Phase before = clock.enter(Phase.FEED);
    Optional<StepRows> rows = feed.next();
    clock.enter(before);
    return rows;
  }

  /**
   * Computes this rank's shards of a step.
   *
   * @param first its first part
   * @param feed where further parts come from
   */
  void compute(StepRows first, TrainingFeed feed, SyncStrategy sync) {
    compute(first, sync);
    for (StepRows part = first; !part.lastPart(); ) {
      part = next(feed).orElseThrow();
      compute(part, sync);
    }
  }

  private void compute(StepRows part, SyncStrategy sync) {
    for (StepRows.Shard shard : part.shards()) {
      try (MiniBatch batch = shard.rows()) {
        double loss = gradient(part.step(), shard, sync.target(member));
        if (shard.pieces() == 1) {
          sync.add(member, shard.index(), batch.rows(), loss);
        } else {
          pieces.add(shard.piece(), shard.pieces(), sync.target(member), batch.rows(), loss);
          if (shard.isLast()) {
            sync.add(member, shard.index(), pieces.rows(), pieces.loss());
          }
        }
      }
    }
  }

  private double gradient(long step, StepRows.Shard shard, Region target) {
    Phase before = clock.enter(Phase.COMPUTE);
    try {
      return pass.accumulate(shard.index(), shard.rows(), shard.randomKey(seed, step), target);
    } catch (DivergedException e) {
      return Double.NaN; // reaches all ranks with the sum, so that all stop at the same step
    } finally {
      clock.enter(before);
    }
  }
}
