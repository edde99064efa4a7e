package io.evenstep.driver.config.key;

import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;

/** How the replicas of a job are kept in agreement. */
public sealed interface Sync {
  /** How numbers are written on their way from worker to worker. */
  default Wire wire() {
    return Wire.FLOAT32;
  }

  /** The choices of the job file. */
  enum Choice {
    ALL_REDUCE,
    AVERAGING,
    SHARING,
    AUTO
  }

  /**
   * Every step takes the sum of all workers' gradients.
   *
   * @param wire the format in which sums are sent
   */
  record AllReduce(Wire wire) implements Sync {}

  /**
   * Replicas take steps independently and average their weights at intervals.
   *
   * @param plan how and how often
   */
  record Averaging(SyncPlan.Averaging plan) implements Sync {
    @Override
    public Wire wire() {
      return plan.outer().wire();
    }
  }

  /**
   * Each part of a batch sends the largest entries of its gradient in every step.
   *
   * @param plan which ones
   */
  record Sharing(SyncPlan.Sharing plan) implements Sync {}
}
