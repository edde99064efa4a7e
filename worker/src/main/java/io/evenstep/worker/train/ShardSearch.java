package io.evenstep.worker.train;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.feed.RandomKey;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Finds the shard in which a loss or a gradient went wrong, once the sum over all shards has: each
 * rank reads and computes its own shards of the step again, to the same bits, and the ranks tell
 * each other. So no shard's gradient has to be looked at while all is well.
 */
final class ShardSearch {
  private static final int NONE = -1;

  private final Learner learner;
  private final ShardPass pass;
  private final Communicator world;
  private final LongFunction<TrainingFeed> feeds;
  private final long seed;

  /**
   * A search in the rows of this rank.
   *
   * @param feeds a feed that begins with the given step
   */
  ShardSearch(
      Learner learner,
      ShardPass pass,
      Communicator world,
      LongFunction<TrainingFeed> feeds,
      long seed) {
    this.learner = learner;
    this.pass = pass;
    this.world = world;
    this.feeds = feeds;
    this.seed = seed;
  }

  /**
   * Where it was, in words that are the same on every rank. All ranks must ask, of the same step.
   * The learner's gradient is lost.
   */
  String origin(long step) {
    byte[] own = ByteBuffer.allocate(Integer.BYTES).putInt(ownBadShard(step)).array();
    List<byte[]> found = world.allGather(own);
    for (int rank = 0; rank < found.size(); rank++) { // [shards go up with ranks]
      int shard = ByteBuffer.wrap(found.get(rank)).getInt();
      if (shard != NONE) {
        return "first in shard " + shard + " of rank " + rank;
      }
    }
    return "in the sum over all shards";
  }

  private int ownBadShard(long step) {
    int bad = NONE;
    try (TrainingFeed feed = feeds.apply(step)) {
      for (StepRows.Shard shard : feed.next().orElseThrow().shards()) {
        try (MiniBatch rows = shard.rows()) {
          if (bad == NONE && isBad(shard.index(), rows, RandomKey.of(seed, step, shard.index()))) {
            bad = shard.index();
          }
        }
      }
    }
    return bad;
  }

  private boolean isBad(int shard, MiniBatch rows, long randomKey) {
    try {
      double loss = pass.accumulate(shard, rows, randomKey, learner.gradient());
      return !Double.isFinite(loss) || !Double.isFinite(learner.gradient().sumOfMagnitudes());
    } catch (DivergedException e) {
      return true;
    }
  }
}
