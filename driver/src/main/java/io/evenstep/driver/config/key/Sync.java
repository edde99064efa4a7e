package io.evenstep.driver.config.key;

import io.evenstep.worker.plan.SyncPlan;
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

  /** The formats that the run may choose from. */
  default List<Wire> ways() {
    return List.of(wire());
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
