package io.evenstep.driver.config.key;

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
   * Workers take steps independently and average their weights at intervals.
   *
   * @param everySteps steps between two averagings, at least 1
   * @param optimizerState whether the optimizer's state is averaged too
   */
  record Averaging(int everySteps, boolean optimizerState) implements Sync {}
}
