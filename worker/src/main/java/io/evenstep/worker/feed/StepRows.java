package io.evenstep.worker.feed;

import io.evenstep.model.data.MiniBatch;
import java.util.List;

/**
 * The rows that one rank computes in one step.
 *
 * @param step global step, from 0
 * @param epoch its epoch, from 0
 * @param rows rows of the whole global batch
 * @param lastOfEpoch whether the epoch ends with it
 * @param shards the rank's own shards that have rows, in order; may be none
 */
public record StepRows(long step, int epoch, int rows, boolean lastOfEpoch, List<Shard> shards) {
  /** Copies the list. */
  public StepRows {
    shards = List.copyOf(shards);
  }

  /** One shard's rows. */
  public record Shard(int index, MiniBatch rows) {}
}
