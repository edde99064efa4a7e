package io.evenstep.worker.train;

import org.slf4j.MDC;

/**
 * What the log lines of this thread say of its run: {@code run}, {@code rank} and {@code step} of
 * SLF4J's diagnostic context. Threads that are started meanwhile say the same but for the step.
 */
public final class LogContext implements AutoCloseable {
  private static final String RUN = "run";
  private static final String RANK = "rank";
  private static final String STEP = "step";

  private LogContext() {}

  /** Lines of the driver. */
  public static LogContext ofDriver(String runId) {
    MDC.put(RUN, runId);
    MDC.put(RANK, "driver");
    return new LogContext();
  }

  /** Lines of a rank. */
  static LogContext ofRank(String runId, int rank) {
    MDC.put(RUN, runId);
    MDC.put(RANK, String.valueOf(rank));
    return new LogContext();
  }

  /** From now on lines are about this global step, from 0. */
  static void step(long step) {
    MDC.put(STEP, String.valueOf(step));
  }

  /** Lines say nothing of it any more. */
  @Override
  public void close() {
    MDC.remove(RUN);
    MDC.remove(RANK);
    MDC.remove(STEP);
  }
}
