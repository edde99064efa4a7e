package io.evenstep.worker.feed;

/** How the rows of a batch are split over its shards: as evenly as can be, the first ones more. */
public final class ShardSplit {
  private ShardSplit() {}

  /** Rows of one shard; 0 only for shards beyond the last row. */
  public static int rowsOf(int shard, int rows, int shards) {
    return rows / shards + (shard < rows % shards ? 1 : 0);
  }

  /** How many shards have rows; these are the first ones. */
  public static int present(int rows, int shards) {
    return Math.min(rows, shards);
  }
}
