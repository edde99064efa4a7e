package io.evenstep.driver.stage;

/** An attempt lost a worker; the next one goes on from where the run was kept last. */
public final class AttemptLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AttemptLostException(String message) {
    super(message);
  }

  AttemptLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
