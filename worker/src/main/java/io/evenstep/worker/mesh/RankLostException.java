package io.evenstep.worker.mesh;

import org.jspecify.annotations.Nullable;

/** A peer is gone, silent past the time limit, or sends invalid data. To remedy it, try again. */
public final class RankLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int rank;
  private final long step;
  private final int peer;
  private final String reason;

  /**
   * Names the ranks and the step.
   *
   * @param rank the rank that noticed
   * @param step its global step
   * @param peer the lost rank
   */
  public RankLostException(
      int rank, long step, int peer, String reason, @Nullable Throwable cause) {
    super("Rank " + rank + " at step " + step + ": lost peer " + peer + ": " + reason, cause);
    this.rank = rank;
    this.step = step;
    this.peer = peer;
    this.reason = reason;
  }

  /** The rank that noticed. */
  public int rank() {
    return rank;
  }

  /** The global step of that rank. */
  public long step() {
    return step;
  }

  /** The reason. */
  public String reason() {
    return reason;
  }

  /** The lost rank. */
  public int peer() {
    return peer;
  }
}
