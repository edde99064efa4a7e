package io.evenstep.worker.feed;

import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The order of an epoch's rows: a pure function of (seed, epoch) and the sizes, independent of who
 * reads what.
 *
 * <p>The blocks, permuted, form one virtual sequence of rows. It is divided into one contiguous
 * range for each shard, with exactly the rows that the shard needs over the epoch. So every row is
 * seen once, and whoever computes a shard reads only the blocks of its range.
 */
final class EpochOrder {
  private final long seed;
  private final int epoch;
  private final ShardPlan shards;
  private final List<BlockEntry> blocks; // permuted, or as stored
  private final long[] starts; // [block], virtual row of its first record

  EpochOrder(PackSplit split, ShardPlan shards, long seed, int epoch, RowOrder order) {
    this.seed = seed;
    this.epoch = epoch;
    this.shards = shards;
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

  /** The first row that a shard takes in a batch, when rows are taken in stored order. */
  long storedRow(int shard, long batch) {
    return batch * shards.batch() + shards.rowsBefore(shard, batch);
  }

  /** Rows that a shard takes in the batches before this one. */
  long rowsBefore(int shard, long batch) {
    return shards.rowsOfBatchesBefore(shard, batch);
  }

  /** Rows that a shard takes over the epoch. */
  long rowsOf(int shard) {
    return rowsBefore(shard, shards.batchesPerEpoch());
  }

  /** Virtual row at which a shard's range begins. It ends where the next shard's range begins. */
  long startOf(int shard) {
    long start = 0;
    for (int each = 0; each < shard; each++) {
      start += rowsOf(each);
    }
    return start;
  }

  /** Index of the block, for {@link #block}, that holds a virtual row. */
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

  /** The order in which the {@code count} rows of a window in a shard's range are taken. */
  int[] windowOrder(int shard, long window, int count) {
    return RandomKey.permutation(count, RandomKey.of(seed, epoch, shard, window));
  }
}
