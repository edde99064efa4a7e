package io.evenstep.worker.host;

import org.jspecify.annotations.Nullable;

/** A rank of this process has ended, or takes too long for its part. */
public final class CrewLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long step;
  private final int peer;
  private final String reason;

  CrewLostException(long step, int peer, String reason, @Nullable Throwable cause) {
    super("Lost rank " + peer + " of this process: " + reason, cause);
    this.step = step;
    this.peer = peer;
    this.reason = reason;
  }

  /** The global step. */
  public long step() {
    return step;
  }

  /** The rank that is lost. */
  public int peer() {
    return peer;
  }

  /** The reason. */
  public String reason() {
    return reason;
  }
}
