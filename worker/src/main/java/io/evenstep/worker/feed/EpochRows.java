package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/** The rows of one rank in one epoch. Asked for each of its shards in turn, batch after batch. */
interface EpochRows {
  /**
   * Appends the records of a shard to {@code out}.
   *
   * @param batch within the epoch; a shuffled order takes each once only
   * @param count how many it has in that batch, at least 1
   */
  void take(int shard, long batch, int count, ByteBuffer out);
}
