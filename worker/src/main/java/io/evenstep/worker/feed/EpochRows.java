package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/** The rows of one rank in one epoch. Asked for each of its shards in turn, step after step. */
interface EpochRows {
  /**
   * Appends the records of a shard to {@code out}.
   *
   * @param lane the shard
   * @param step within the epoch, counted in batches; a shuffled order takes each once only
   * @param count how many it has in that step, at least 1
   */
  void take(int lane, long step, int count, ByteBuffer out);
}
