package io.evenstep.driver.config.key;

/** How the replicas of a job are kept together. */
public sealed interface Sync {
  /** What a job file may ask for. */
  enum Choice {
    ALL_REDUCE,
    AVERAGING,
    SHARING,
    AUTO
  }

  /** Every step takes the exact sum of all workers' gradients. */
  record AllReduce() implements Sync {}

  /**
   * Workers step alone, and take the mean of their weights now and then.
   *
   * @param everySteps steps between two means, at least 1
   * @param optimizerState whether the optimizer's state is averaged too
   */
  record Averaging(int everySteps, boolean optimizerState) implements Sync {}
}
