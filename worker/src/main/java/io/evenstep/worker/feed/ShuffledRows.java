package io.evenstep.worker.feed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The rows of a rank's own shards, shuffled within windows. */
final class ShuffledRows implements EpochRows {
  private final int firstShard;
  private final List<ShardReader> shards = new ArrayList<>();

  /** Begins at a batch of the epoch, without reading the rows before it. */
  ShuffledRows(
      EpochOrder order,
      BlockReader reader,
      int firstShard,
      int endShard,
      int windowRows,
      long firstBatch) {
    this.firstShard = firstShard;
    for (int shard = firstShard; shard < endShard; shard++) {
      long skip = order.rowsBefore(shard, firstBatch);
      shards.add(new ShardReader(order, reader, shard, windowRows, skip));
    }
  }

  @Override
  public void take(int shard, long batch, int count, ByteBuffer out) {
    shards.get(shard - firstShard).take(count, out);
  }
}
