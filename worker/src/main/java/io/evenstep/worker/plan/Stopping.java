package io.evenstep.worker.plan;

import java.io.Serializable;

/**
 * Early stopping on a validation metric.
 *
 * @param metric name such as {@code loss} or {@code accuracy}, of the validation rows
 * @param goal which way is better
 * @param patience epochs without improvement after which training stops; 0 to never stop early and
 *     keep the last parameters, not the best
 * @param minDelta a change must be larger than this to count as an improvement, at least 0
 */
public record Stopping(String metric, Goal goal, int patience, double minDelta)
    implements Serializable {
  /** Train all epochs and keep the last parameters. */
  public static final Stopping NEVER = new Stopping("loss", Goal.LOWER, 0, 0);

  /** Which way a metric is better. */
  public enum Goal {
    /** Lower is better, such as for a loss. */
    LOWER,
    /** Higher is better, such as for an accuracy. */
    HIGHER
  }

  /** Checks the counts. */
  public Stopping {
    if (patience < 0 || !(minDelta >= 0)) {
      throw new IllegalArgumentException(
          "Invalid stopping: patience and minDelta must be at least 0, got "
              + patience
              + " and "
              + minDelta);
    }
  }

  /** Whether training may stop early and return the best parameters. */
  public boolean enabled() {
    return patience > 0;
  }

  /** Whether {@code value} improves on {@code best} by more than {@link #minDelta}. */
  public boolean improves(double value, double best) {
    return goal == Goal.LOWER ? value < best - minDelta : value > best + minDelta;
  }
}
