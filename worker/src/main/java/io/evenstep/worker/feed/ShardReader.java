package io.evenstep.worker.feed;

import java.nio.ByteBuffer;

/**
 * The rows of one shard over one epoch, in training order. Its range is divided into windows of
 * consecutive rows, and each window is shuffled. Holds one window and the rest of one block.
 */
final class ShardReader {
  private final EpochOrder order;
  private final OpenBlock block;
  private final int shard;
  private final int windowRows;
  private final int recordBytes;
  private final long start; // virtual row
  private final long rows;
  private final byte[] window; // [windowRows, recordBytes]
  private int[] taken = new int[0]; // order within the window
  private int next; // position in that order
  private long windowIndex;

  /** Begins at row {@code skip} of the range, without reading windows before it. */
  ShardReader(EpochOrder order, BlockReader reader, int shard, int windowRows, long skip) {
    this.order = order;
    this.block = new OpenBlock(order, reader);
    this.shard = shard;
    this.recordBytes = reader.recordBytes();
    this.start = order.startOf(shard);
    this.rows = order.rowsOf(shard);
    this.windowRows = (int) Math.min(windowRows, Math.max(1, rows));
    this.window = new byte[Math.multiplyExact(this.windowRows, recordBytes)];
    this.windowIndex = skip / this.windowRows;
    if (skip < rows) {
      fillWindow();
      next = (int) (skip % this.windowRows);
    }
  }

  /** Appends the next {@code count} records to {@code out}. */
  void take(int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      if (next == taken.length) {
        windowIndex++;
        fillWindow();
      }
      out.put(window, taken[next++] * recordBytes, recordBytes);
    }
  }

  private void fillWindow() {
    long from = windowIndex * windowRows;
    int count = (int) Math.min(windowRows, rows - from);
    taken = order.windowOrder(shard, windowIndex, count);
    next = 0;
    block.copy(start + from, count, ByteBuffer.wrap(window));
  }
}
