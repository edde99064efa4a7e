package io.evenstep.worker.progress;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when to report how far an evaluation is: not at all if it is short, else at intervals.
 * Belongs to one thread.
 */
public final class EvaluationPace {
  private static final long NANOS = Duration.ofSeconds(2).toNanos();

  private long lastNanos; // the begin, or the last report

  /** An evaluation begins. */
  public void begin(long nanos) {
    lastNanos = nanos;
  }

  /**
   * The event to report now, if any.
   *
   * @param done rows that this rank has evaluated
   * @param share rows that this rank evaluates, at least 1
   * @param rows of the split
   */
  public Optional<ProgressEvent> at(String split, long done, long share, long rows, long nanos) {
    if (nanos - lastNanos < NANOS) {
      return Optional.empty();
    }
    lastNanos = nanos;
    return Optional.of(new ProgressEvent.Evaluating(split, rows * done / share, rows));
  }
}
