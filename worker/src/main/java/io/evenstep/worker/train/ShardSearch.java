package io.evenstep.worker.train;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;

/**
 * Finds the shard in which a loss or a gradient went wrong, after the sum over all shards did. Each
 * rank reads and computes its own shards of the step again, with the same bits, and the ranks
 * exchange the results. So shards need not be checked while all is well.
 */
final class ShardSearch {
  private static final int NONE = -1;

  private final Learner learner;
  private final HostWork work;
  private final Communicator world;
  private final FeedAt feeds;
  private final long seed;

  /** Opens a rank's feed at a step. */
  interface FeedAt {
    TrainingFeed open(int member, long step);
  }

  /** A search in the rows of this host's ranks. */
  ShardSearch(Learner learner, HostWork work, Communicator world, FeedAt feeds, long seed) {
    this.learner = learner;
    this.work = work;
    this.world = world;
    this.feeds = feeds;
    this.seed = seed;
  }

  /**
   * Where it went wrong, in words that are the same on every host. All hosts must call it, for the
   * same step. It overwrites the learner's gradient.
   */
  String origin(long step) {
    int[] bad = new int[work.ranks().size()];
    work.host().crew().each(Phase.OTHER, member -> bad[member] = badShard(member, step));
    ByteBuffer own = ByteBuffer.allocate(Integer.BYTES * bad.length);
    own.asIntBuffer().put(bad);
    List<byte[]> found = world.allGather(own.array());
    for (int at = 0; at < found.size(); at++) { // shards ascend with hosts, and with their ranks
      IntBuffer shards = ByteBuffer.wrap(found.get(at)).asIntBuffer();
      for (int rank : work.host().seating().hosts().get(at)) {
        int shard = shards.get();
        if (shard != NONE) {
          return "first in shard " + shard + " of rank " + rank;
        }
      }
    }
    return "in the sum over all shards";
  }

  private int badShard(int member, long step) {
    int bad = NONE;
    Region target = member == 0 ? learner.gradient() : Region.allocate(learner.gradient().length());
    try (TrainingFeed feed = feeds.open(member, step)) {
      for (StepRows part = feed.next().orElseThrow(); ; part = feed.next().orElseThrow()) {
        for (StepRows.Shard shard : part.shards()) {
          try (MiniBatch rows = shard.rows()) {
            long key = shard.randomKey(seed, step);
            if (bad == NONE && isBad(work.ranks().get(member).pass(), shard, key, target)) {
              bad = shard.index();
            }
          }
        }
        if (part.lastPart()) {
          return bad;
        }
      }
    }
  }

  private static boolean isBad(ShardPass pass, StepRows.Shard shard, long key, Region target) {
    try {
      double loss = pass.accumulate(shard.index(), shard.rows(), key, target);
      return !Double.isFinite(loss) || !Double.isFinite(target.sumOfMagnitudes());
    } catch (DivergedException e) {
      return true;
    }
  }
}
