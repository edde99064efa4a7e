package io.evenstep.worker.plan;

import java.io.Serializable;

/** How replicas are kept in agreement. */
public sealed interface SyncPlan extends Serializable {
  /**
   * Gradients are summed over all workers in every step.
   *
   * @param wire how sums are written on their way, and so rounded; with floats they are exact
   */
  record AllReduce(Wire wire) implements SyncPlan {
    /** Exact sums. */
    public AllReduce() {
      this(Wire.FLOAT32);
    }
  }

  /**
   * Workers step independently and periodically replace their parameters by the mean, weighted by
   * the rows that each has seen since the last time.
   *
   * @param everySteps steps between averagings, at least 1; the end of an epoch is always one
   * @param optimizerState whether to average the optimizer's state, too; otherwise each worker
   *     keeps its own
   */
  record Averaging(int everySteps, boolean optimizerState) implements SyncPlan {
    /** Checks the period. */
    public Averaging {
      if (everySteps < 1) {
        throw new IllegalArgumentException(
            "Invalid everySteps: must be at least 1, got " + everySteps);
      }
    }
  }
}
