package io.evenstep.worker.train;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.sync.CrewUpdate;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes shards outside of training: to measure how long that takes, or to find the shard in
 * which a loss or a gradient went wrong after the sum over all shards did. Each rank reads and
 * computes its own shards of a step, with the same bits as in training. So shards need not be
 * checked while all is well.
 */
final class ShardTrial {
  private static final int NONE = -1;
  private static final long MEASURE_NANOS = 300_000_000;
  private static final int LEAST_TIMES = 3; // the first time, kernels are chosen and compiled
  private static final int MOST_TIMES = 100;

  private final Learner learner;
  private final HostWork work;
  private final Communicator world;
  private final FeedAt feeds;
  private final long seed;

  /** Opens a rank's feed at a step. */
  interface FeedAt {
    TrainingFeed open(int member, long step);
  }

  /** A trial with the rows of this host's ranks. */
  ShardTrial(Learner learner, HostWork work, Communicator world, FeedAt feeds, long seed) {
    this.learner = learner;
    this.work = work;
    this.world = world;
    this.feeds = feeds;
    this.seed = seed;
  }

  /**
   * Seconds for the gradient of a row, on this host's slowest rank while all compute; 0 if none has
   * rows.
   */
  double rowSeconds() {
    double[] seconds = new double[work.ranks().size()];
    work.host().crew().each(Phase.OTHER, member -> seconds[member] = rowSeconds(member));
    return Arrays.stream(seconds).max().orElse(0);
  }

  private double rowSeconds(int member) {
    Region target = Region.allocate(learner.gradient().length());
    double seconds = 0;
    try (TrainingFeed feed = feeds.open(member, 0)) {
      for (StepRows.Shard shard : feed.next().orElseThrow().shards()) {
        try (MiniBatch rows = shard.rows()) {
          if (seconds == 0) {
            seconds = fastest(() -> isBad(member, shard, 0, target)) / rows.rows();
          }
        }
      }
    }
    return seconds;
  }

  /**
   * Seconds for an update of all parameters by one thread. Parameters and state are then as they
   * were.
   *
   * @param rows of the batch
   */
  double updateSeconds(int rows) {
    List<Region> regions = new ArrayList<>(List.of(learner.parameters()));
    learner.state().stream().map(StateSection::region).forEach(regions::add);
    regions.forEach(Region::refresh);
    List<Region> copies = regions.stream().map(ShardTrial::copy).toList();
    Region nothing = Region.allocate(learner.gradient().length());
    CrewUpdate update = new CrewUpdate(work.host().crew(), learner);
    double seconds =
        fastest(
            () -> {
              learner.gradient().copyFrom(nothing);
              update.take(0, 0, rows);
            });
    for (int i = 0; i < regions.size(); i++) {
      regions.get(i).copyFrom(copies.get(i));
    }
    learner.written();
    return seconds * work.ranks().size();
  }

  private static Region copy(Region region) {
    Region copy = Region.allocate(region.length());
    copy.copyFrom(region);
    return copy;
  }

  private static double fastest(Runnable work) {
    double fastest = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + MEASURE_NANOS;
    for (int times = 0;
        times < LEAST_TIMES || (times < MOST_TIMES && System.nanoTime() < end);
        times++) {
      long began = System.nanoTime();
      work.run();
      fastest = Math.min(fastest, (System.nanoTime() - began) / 1e9);
    }
    return fastest;
  }

  /**
   * Where a step went wrong, in words that are the same on every host. All hosts must call it, for
   * the same step. It overwrites the learner's gradient.
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
            if (bad == NONE && isBad(member, shard, step, target)) {
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

  private boolean isBad(int member, StepRows.Shard shard, long step, Region target) {
    try {
      ShardPass pass = work.ranks().get(member).pass();
      long key = shard.randomKey(seed, step);
      double loss = pass.accumulate(shard.index(), shard.rows(), key, target);
      return !Double.isFinite(loss) || !Double.isFinite(target.sumOfMagnitudes());
    } catch (DivergedException e) {
      return true;
    }
  }
}
