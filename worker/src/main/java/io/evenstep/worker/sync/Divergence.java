package io.evenstep.worker.sync;

import io.evenstep.model.DivergedException;
import io.evenstep.worker.collective.StepLosses;
import java.util.function.LongFunction;

/** Stops a run whose loss is no longer a finite number, and says where that began. */
final class Divergence {
  private final int rank;
  private int badShard = -1;
  private double lastMeanLoss = Double.NaN;

  Divergence(int rank) {
    this.rank = rank;
  }

  /** Records the first own shard with a loss that is not finite. */
  void watch(int shard, double loss) {
    if (!Double.isFinite(loss) && badShard < 0) {
      badShard = shard;
    }
  }

  /**
   * Checks that losses are finite.
   *
   * @param origin finds out, in words, where a step went wrong; called only if it did, and then on
   *     every rank
   * @throws DivergedException when they are not, on every rank
   */
  void check(long step, StepLosses losses, long rows, LongFunction<String> origin) {
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
            + origin.apply(step)
            + ")"
            + lastLoss());
  }

  /**
   * Runs a computation.
   *
   * @param origin finds out, in words, where a step went wrong; called only if it did
   * @throws DivergedException when the computation diverges, with rank, step, origin and last loss
   */
  void naming(long step, LongFunction<String> origin, Runnable work) {
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
              + " ("
              + origin.apply(step)
              + ")"
              + lastLoss());
    }
  }

  private String lastLoss() {
    return Double.isNaN(lastMeanLoss)
        ? "; it is the first step of this attempt: lower training.optimizer.learningRate, or"
            + " normalize the data"
        : "; the last finite mean loss was "
            + lastMeanLoss
            + ": lower training.optimizer.learningRate, or limit the gradient with"
            + " training.clip.norm";
  }

  /** Where losses went wrong, as precisely as is known. */
  String origin(StepLosses losses) {
    if (badShard >= 0) {
      return "first in shard " + badShard;
    }
    return losses.parts().stream()
        .filter(part -> !Double.isFinite(part.loss()))
        .findFirst()
        .map(Divergence::describe)
        .orElse("in the sum over all shards");
  }

  private static String describe(StepLosses.Part part) {
    String shards =
        part.shards() == 1
            ? "shard " + part.firstShard()
            : "shards " + part.firstShard() + " to " + (part.firstShard() + part.shards() - 1);
    return "first in " + shards + " of rank " + part.rank();
  }
}
