package io.evenstep.worker.train;

import org.slf4j.MDC;

/**
 * The context of this thread's log lines: {@code run}, {@code rank} and {@code step} in SLF4J's
 * diagnostic context. Threads started meanwhile have the same context, except for the step.
 */
public final class LogContext implements AutoCloseable {
  private static final String RUN = "run";
  private static final String RANK = "rank";
  private static final String STEP = "step";

  private LogContext() {}

  /** The context of the driver. */
  public static LogContext ofDriver(String runId) {
    MDC.put(RUN, runId);
    MDC.put(RANK, "driver");
    return new LogContext();
  }

  /** The context of a rank. */
  static LogContext ofRank(String runId, int rank) {
    MDC.put(RUN, runId);
    MDC.put(RANK, String.valueOf(rank));
    return new LogContext();
  }

  /** Sets the global step, from 0. */
  static void step(long step) {
    MDC.put(STEP, String.valueOf(step));
  }

  /** Clears the context. */
  @Override
  public void close() {
    MDC.remove(RUN);
    MDC.remove(RANK);
    MDC.remove(STEP);
  }
}
