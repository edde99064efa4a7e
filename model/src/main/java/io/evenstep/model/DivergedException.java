package io.evenstep.model;

/** A loss, a gradient or a parameter is no longer a finite number; training stops. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names rank, step, shard and the last finite loss. */
  public DivergedException(String message) {
    super(message);
  }
}
