package io.evenstep.driver.config.key;

import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.List;

/** How the replicas of a job are kept in agreement. */
public sealed interface Sync {
  /** The same for the workers. */
  SyncPlan plan();

  /** How numbers are written on their way from worker to worker. */
  default Wire wire() {
    return plan().wire();
  }

  /** The ways that the run may choose from; this one if there is no choice. */
  default List<Sync> ways() {
    return List.of(this);
  }

  /** The choices of the job file. */
  enum Choice {
    ALL_REDUCE,
    AVERAGING,
    SHARING,
    AUTO
  }

  /** Every step takes the sum of all workers' gradients. */
  record AllReduce(Wire wire) implements Sync {
    @Override
    public SyncPlan plan() {
      return new SyncPlan.AllReduce(wire);
    }
  }

  /**
   * Replicas take steps independently and average their weights at intervals.
   *
   * @param plan how and how often
   */
  record Averaging(SyncPlan.Averaging plan) implements Sync {}

  /**
   * Each part of a batch sends the largest entries of its gradient in every step.
   *
   * @param plan which ones
   */
  record Sharing(SyncPlan.Sharing plan) implements Sync {}

  /**
   * The run takes the fastest of several ways.
   *
   * @param ways at least two; those that change the training least come first
   */
  record AnyOf(List<Sync> ways) implements Sync {
    /** Copies the list. */
    public AnyOf {
      ways = List.copyOf(ways);
    }

    @Override
    public SyncPlan plan() {
      return new SyncPlan.AnyOf(ways.stream().map(Sync::plan).toList());
    }

    /** That of the way that changes the training least. */
    @Override
    public Wire wire() {
      return ways.get(0).wire();
    }
  }
}
