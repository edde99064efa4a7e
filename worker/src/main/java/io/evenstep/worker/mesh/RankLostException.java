package io.evenstep.worker.mesh;

import org.jspecify.annotations.Nullable;

/** A peer is gone, silent past the time limit, or talks nonsense; its remedy is to try again. */
public final class RankLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int rank;
  private final long step;
  private final int peer;
  private final String reason;

  /**
   * Names who lost whom, and when.
   *
   * @param rank the one that noticed
   * @param step global step it was at
   * @param peer the one that is lost
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

  /** The global step it was at. */
  public long step() {
    return step;
  }

  /** What became of the peer. */
  public String reason() {
    return reason;
  }

  /** The rank that is lost. */
  public int peer() {
    return peer;
  }
}
