package io.evenstep.driver.control;

/** The run stopped for want of something that may come back, and resumes when tried again. */
public final class TemporaryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what the run waited for. */
  public TemporaryException(String message) {
    super(message);
  }

  /** Says what was lost, and what brought it on. */
  public TemporaryException(String message, Throwable cause) {
    super(message, cause);
  }
}
