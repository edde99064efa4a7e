package io.evenstep.worker.progress;

/** A rank stopped before its training was done, as it was asked to; the run can go on later. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says where training stands. */
  public StoppedException(String message) {
    super(message);
  }
}
