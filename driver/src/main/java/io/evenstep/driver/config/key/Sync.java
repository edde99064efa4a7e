package io.evenstep.driver.config.key;

import io.evenstep.worker.plan.Wire;
import java.util.List;

/** How the replicas of a job are kept in agreement. */
public sealed interface Sync {
  /**
   * How numbers are written on their way from worker to worker; the way with the most bytes if the
   * run may choose.
   */
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
   * @param ways the formats in which sums may be sent, at least one, the most exact first; the run
   *     takes the fastest
   */
  record AllReduce(List<Wire> ways) implements Sync {
    /** Sorts the formats. */
    public AllReduce {
      ways = ways.stream().distinct().sorted().toList();
    }

    /** One format. */
    public AllReduce(Wire wire) {
      this(List.of(wire));
    }

    @Override
    public Wire wire() {
      return ways.get(0);
    }
  }

  /**
   * Workers take steps independently and average their weights at intervals.
   *
   * @param everySteps steps between two averagings, at least 1
   * @param optimizerState whether the optimizer's state is averaged too
   */
  record Averaging(int everySteps, boolean optimizerState) implements Sync {}
}
