package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/** The rows of one rank in one epoch, read shard by shard, batch after batch. */
interface EpochRows {
  /**
   * Appends the records of a shard to {@code out}.
   *
   * @param batch index within the epoch; in shuffled order, each can be read only once
   * @param count how many rows the shard has in that batch, at least 1
   */
  void take(int shard, long batch, int count, ByteBuffer out);
}
