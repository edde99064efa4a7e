package io.evenstep.driver.stage;

/** An attempt lost a worker. The next attempt resumes from the last saved state. */
public final class AttemptLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AttemptLostException(String message) {
    super(message);
  }

  AttemptLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
