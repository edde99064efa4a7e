package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import java.util.Optional;

/**
 * Adds up the pieces of one shard, in their order: {@code ((g0 + g1) + g2) + ...}. A shard has the
 * same pieces on every worker, so its sum has the same bits.
 */
public final class PieceSum {
  private Optional<Region> memory = Optional.empty(); // [n], of all pieces except the last
  private int rows;
  private double loss;

  /**
   * Takes the next piece of a shard. After the last, {@code target} holds the sum over all.
   *
   * @param piece which of the shard's {@code pieces}, from 0
   * @param target [n], where the piece's gradient is; free for the next piece afterwards
   * @param pieceLoss sum over its rows
   */
  public void add(int piece, int pieces, Region target, int pieceRows, double pieceLoss) {
    Region before = memory.orElseGet(() -> Region.allocate(target.length()));
    memory = Optional.of(before);
    if (piece == 0) {
      before.copyFrom(target);
      rows = 0;
      loss = 0;
    } else if (piece == pieces - 1) {
      target.sum(before, target);
    } else {
      before.sum(before, target);
    }
    rows += pieceRows;
    loss += pieceLoss;
  }

  /** Rows of the shard so far. */
  public int rows() {
    return rows;
  }

  /** Their losses. */
  public double loss() {
    return loss;
  }
}
