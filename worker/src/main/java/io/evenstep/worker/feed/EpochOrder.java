package io.evenstep.worker.feed;

import io.evenstep.model.data.BlockEntry;
import io.evenstep.model.data.PackSplit;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order an epoch sees its rows: a pure function of (seed, epoch) and the sizes, whoever
 * reads what.
 *
 * <p>The blocks, permuted, make one virtual sequence of rows. Shard l of every step takes its rows
 * from lane l, a contiguous range of that sequence just as long as the rows the shard needs over
 * the epoch; so every row is seen once, and whoever computes a shard reads that lane's blocks only.
 */
final class EpochOrder {
  private final long seed;
  private final int epoch;
  private final long rows;
  private final int batch;
  private final int lanes;
  private final List<BlockEntry> blocks; // [permuted, or as stored]
  private final long[] starts; // [block] virtual row of its first record

  EpochOrder(PackSplit split, int batch, int lanes, long seed, int epoch, RowOrder order) {
    this.seed = seed;
    this.epoch = epoch;
    this.rows = split.rows();
    this.batch = batch;
    this.lanes = lanes;
    this.blocks = order == RowOrder.STORED ? split.blocks() : permuted(split.blocks());
    this.starts = new long[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      starts[i + 1] = starts[i] + blocks.get(i).rows();
    }
  }

  private List<BlockEntry> permuted(List<BlockEntry> stored) {
    List<BlockEntry> permuted = new ArrayList<>();
    for (int index : RandomKey.permutation(stored.size(), RandomKey.of(seed, epoch, -1))) {
      permuted.add(stored.get(index));
    }
    return permuted;
  }

  /** Steps of the epoch. */
  long steps() {
    return (rows + batch - 1) / batch;
  }

  /** Rows of the global batch of a step of the epoch. */
  int rowsOf(long step) {
    return (int) Math.min(batch, rows - step * batch);
  }

  /** Rows that a shard takes in a step. */
  int rowsOf(int lane, long step) {
    return ShardSplit.rowsOf(lane, rowsOf(step), lanes);
  }

  /** The first row that a shard takes in a step, where steps take rows as they are stored. */
  long storedRow(int lane, long step) {
    int rowsOfStep = rowsOf(step);
    long before = (long) rowsOfStep / lanes * lane + Math.min(lane, rowsOfStep % lanes);
    return step * batch + before;
  }

  /** Rows of a lane that the steps before {@code step} take. */
  long rowsBefore(int lane, long step) {
    long full = rows / batch;
    long before = Math.min(step, full) * ShardSplit.rowsOf(lane, batch, lanes);
    return step > full ? before + rowsOf(lane, full) : before;
  }

  /** Virtual row at which a lane begins; it goes up to the next one's begin. */
  long laneStart(int lane) {
    long start = 0;
    for (int each = 0; each < lane; each++) {
      start += rowsBefore(each, steps());
    }
    return start;
  }

  /** Block, of {@link #block}, that holds a virtual row. */
  int blockAt(long row) {
    int found = java.util.Arrays.binarySearch(starts, row);
    return found >= 0 ? found : -found - 2;
  }

  BlockEntry block(int index) {
    return blocks.get(index);
  }

  /** Virtual row of a block's first record. */
  long blockStart(int index) {
    return starts[index];
  }

  /** The order in which the {@code count} rows of a lane's window are taken. */
  int[] windowOrder(int lane, long window, int count) {
    return RandomKey.permutation(count, RandomKey.of(seed, epoch, lane, window));
  }
}
