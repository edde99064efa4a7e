package io.evenstep.worker.plan;

import java.io.Serializable;
import java.util.List;

/** How replicas are kept in agreement. */
public sealed interface SyncPlan extends Serializable {
  /**
   * Gradients are summed over all workers in every step.
   *
   * @param ways how sums may be written on their way, and so rounded; with floats they are exact.
   *     When there are several, the run measures the network and takes the fastest
   */
  record AllReduce(List<Wire> ways) implements SyncPlan {
    /** Checks that there is a way. */
    public AllReduce {
      ways = List.copyOf(ways);
      if (ways.isEmpty()) {
        throw new IllegalArgumentException("Invalid ways: must have at least one, got none");
      }
    }

    /** One way. */
    public AllReduce(Wire wire) {
      this(List.of(wire));
    }

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
