package io.evenstep.driver.control;

/** The run stopped because something is missing that may come back. It resumes when retried. */
public final class TemporaryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names what the run waited for. */
  public TemporaryException(String message) {
    super(message);
  }

  /** Names what was lost, and the cause. */
  public TemporaryException(String message, Throwable cause) {
    super(message, cause);
  }
}
