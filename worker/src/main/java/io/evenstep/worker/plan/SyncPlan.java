package io.evenstep.worker.plan;

import java.io.Serializable;

/** How replicas are to be made to agree. */
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
   * Workers step by themselves, and replace their parameters by the mean every so often, weighted
   * by the rows each has seen since.
   *
   * @param everySteps steps between averagings, at least 1; an epoch's end is one anyway
   * @param optimizerState whether to average the optimizer's state too, or leave each its own
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
