package io.evenstep.driver.config.key;

/** How the replicas of a job are kept in agreement. */
public sealed interface Sync {
  /** The choices of the job file. */
  enum Choice {
    ALL_REDUCE,
    AVERAGING,
    SHARING,
    AUTO
  }

  /** Every step uses the exact sum of all workers' gradients. */
  record AllReduce() implements Sync {}

  /**
   * Workers take steps independently and average their weights at intervals.
   *
   * @param everySteps steps between two averagings, at least 1
   * @param optimizerState whether the optimizer's state is averaged too
   */
  record Averaging(int everySteps, boolean optimizerState) implements Sync {}
}
