package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/** The block of an epoch that was read last. It stays in memory until another is needed. */
final class OpenBlock {
  private final EpochOrder order;
  private final BlockReader reader;
  private int index = -1;
  private byte[] block = new byte[0];

  OpenBlock(EpochOrder order, BlockReader reader) {
    this.order = order;
    this.reader = reader;
  }

  /** Appends {@code count} records to {@code out}, beginning at a row of the epoch. */
  void copy(long row, int count, ByteBuffer out) {
    int copied = 0;
    while (copied < count) {
      copied += copyFromOne(row + copied, count - copied, out);
    }
  }

  private int copyFromOne(long row, int wanted, ByteBuffer out) {
    int needed = order.blockAt(row);
    if (needed != index) {
      block = reader.read(order.block(needed));
      index = needed;
    }
    int within = (int) (row - order.blockStart(index));
    int count = Math.min(wanted, order.block(index).rows() - within);
    int recordBytes = reader.recordBytes();
    out.put(block, within * recordBytes, count * recordBytes);
    return count;
  }
}
