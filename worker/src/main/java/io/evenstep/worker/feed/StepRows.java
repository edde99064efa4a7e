package io.evenstep.worker.feed;

import io.evenstep.model.data.MiniBatch;
import java.util.List;

/**
 * What one rank computes in one step, or a part of it.
 *
 * @param step global step, from 0
 * @param epoch its epoch, from 0
 * @param rows rows of the whole global batch
 * @param lastOfEpoch whether the epoch ends with it
 * @param lastPart whether no more of the step follows
 * @param shards the rank's own shards that have rows, or pieces of them, in order; may be none
 */
public record StepRows(
    long step, int epoch, int rows, boolean lastOfEpoch, boolean lastPart, List<Shard> shards) {
  /** Copies the list. */
  public StepRows {
    shards = List.copyOf(shards);
  }

  /** The same step, with more of it to follow. */
  StepRows part() {
    return new StepRows(step, epoch, rows, lastOfEpoch, false, shards);
  }

  /** The same with these shards. */
  StepRows with(List<Shard> others) {
    return new StepRows(step, epoch, rows, lastOfEpoch, lastPart, others);
  }

  /**
   * The rows of one shard, or a piece of them.
   *
   * @param pieces that the shard is computed in, at least 1
   * @param piece index of this piece, from 0
   */
  public record Shard(int index, int piece, int pieces, MiniBatch rows) {
    /** What dropout and noise are drawn from. */
    public long randomKey(long seed, long step) {
      return pieces == 1 ? RandomKey.of(seed, step, index) : RandomKey.of(seed, step, index, piece);
    }

    /** Whether it completes the shard. */
    public boolean isLast() {
      return piece == pieces - 1;
    }
  }
}
