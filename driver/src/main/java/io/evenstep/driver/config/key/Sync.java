package io.evenstep.driver.config.key;

import io.evenstep.worker.plan.Wire;

/** How the replicas of a job are kept together. */
public sealed interface Sync {
  /** How numbers are written on their way from worker to worker. */
  default Wire wire() {
    return Wire.FLOAT32;
  }

  /** What a job file may ask for. */
  enum Choice {
    ALL_REDUCE,
    AVERAGING,
    SHARING,
    AUTO
  }

  /**
   * Every step takes the sum of all workers' gradients.
   *
   * @param wire how sums are written on their way
   */
  record AllReduce(Wire wire) implements Sync {}

  /**
   * Workers step alone, and take the mean of their weights now and then.
   *
   * @param everySteps steps between two means, at least 1
   * @param optimizerState whether the optimizer's state is averaged too
   */
  record Averaging(int everySteps, boolean optimizerState) implements Sync {}
}
