package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/**
 * Rows in stored order: which ones a shard takes depends on the batch and on nothing else. A rank
 * reads every block that holds one of its rows, and keeps the last one.
 */
final class StoredRows implements EpochRows {
  private final EpochOrder order;
  private final BlockReader reader;
  private int blockIndex = -1;
  private byte[] block = new byte[0];

  /** The rows of an epoch whose blocks are in stored order. */
  StoredRows(EpochOrder order, BlockReader reader) {
    this.order = order;
    this.reader = reader;
  }

  @Override
  public void take(int lane, long step, int count, ByteBuffer out) {
    long row = order.storedRow(lane, step);
    int taken = 0;
    while (taken < count) {
      taken += copyFromBlock(row + taken, count - taken, out);
    }
  }

  private int copyFromBlock(long row, int wanted, ByteBuffer out) {
    int index = order.blockAt(row);
    if (index != blockIndex) {
      block = reader.read(order.block(index));
      blockIndex = index;
    }
    int within = (int) (row - order.blockStart(index));
    int count = Math.min(wanted, order.block(index).rows() - within);
    int recordBytes = reader.recordBytes();
    out.put(block, within * recordBytes, count * recordBytes);
    return count;
  }
}
