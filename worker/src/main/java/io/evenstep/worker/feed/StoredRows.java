package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/**
 * Rows in stored order: the rows of a shard depend only on the batch. A rank reads every block that
 * holds one of its rows, and keeps the last block in memory.
 */
final class StoredRows implements EpochRows {
  private final EpochOrder order;
  private final OpenBlock block;

  /** The rows of an epoch whose blocks are in stored order. */
  StoredRows(EpochOrder order, BlockReader reader) {
    this.order = order;
    this.block = new OpenBlock(order, reader);
  }

  @Override
  public void take(int shard, long batch, int count, ByteBuffer out) {
    block.copy(order.storedRow(shard, batch), count, out);
  }
}
