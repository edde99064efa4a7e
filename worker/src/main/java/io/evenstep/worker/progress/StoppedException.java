package io.evenstep.worker.progress;

/** A rank stopped on request before its training was done. The run can resume later. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says where training stands. */
  public StoppedException(String message) {
    super(message);
  }
}
