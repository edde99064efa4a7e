package io.evenstep.worker.sync;

import io.evenstep.model.DivergedException;
import io.evenstep.worker.comm.Losses;

/** Stops a run whose loss is no longer a number, and says where it began. */
final class Divergence {
  private final int rank;
  private int badShard = -1;
  private double lastMeanLoss = Double.NaN;

  Divergence(int rank) {
    this.rank = rank;
  }

  /** Remembers the first own shard that went wrong. */
  void watch(int shard, double loss) {
    if (!Double.isFinite(loss) && badShard < 0) {
      badShard = shard;
    }
  }

  /**
   * Lets finite losses pass.
   *
   * @throws DivergedException for others, on every rank alike
   */
  void check(long step, Losses losses, long rows) {
    if (Double.isFinite(losses.total())) {
      lastMeanLoss = losses.total() / rows;
      return;
    }
    throw new DivergedException(
        "Rank "
            + rank
            + " at step "
            + step
            + ": the loss is "
            + losses.total()
            + " ("
            + origin(losses)
            + "); the last finite mean loss was "
            + lastMeanLoss);
  }

  /**
   * Does something with numbers.
   *
   * @throws DivergedException when they go wrong there, with rank, step and last loss
   */
  void naming(long step, Runnable work) {
    try {
      work.run();
    } catch (DivergedException e) {
      throw new DivergedException(
          "Rank "
              + rank
              + " at step "
              + step
              + ": "
              + e.getMessage()
              + "; the last finite mean loss was "
              + lastMeanLoss);
    }
  }

  private String origin(Losses losses) {
    if (badShard >= 0) {
      return "first in shard " + badShard;
    }
    return losses.parts().stream()
        .filter(part -> !Double.isFinite(part.loss()))
        .findFirst()
        .map(Divergence::describe)
        .orElse("in the sum over all shards");
  }

  private static String describe(Losses.Part part) {
    String shards =
        part.shards() == 1
            ? "shard " + part.firstShard()
            : "shards " + part.firstShard() + " to " + (part.firstShard() + part.shards() - 1);
    return "first in " + shards + " of rank " + part.rank();
  }
}
