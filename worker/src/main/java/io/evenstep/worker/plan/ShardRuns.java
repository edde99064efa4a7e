package io.evenstep.worker.plan;

import java.util.Arrays;

/**
 * How things in a row, such as shards, are dealt out to ranks: in runs, none longer than it must
 * be, so that no rank computes longer than it must. Of all ways to do so it takes one in which the
 * runs make up the fewest subtrees, because a rank sends one sum for each: for 8 shards and 5 ranks
 * 2, 2, 2, 1, 1 rather than 1, 2, 1, 2, 2.
 */
final class ShardRuns {
  private static final int NEVER = Integer.MAX_VALUE / 2;

  private final int shards;
  private final int worldSize;
  private final int longest;
  private final int[][] fewest; // rank, first shard: subtrees of this run and those after it

  private ShardRuns(int shards, int worldSize) {
    this.shards = shards;
    this.worldSize = worldSize;
    this.longest = (shards + worldSize - 1) / worldSize;
    this.fewest = new int[worldSize + 1][shards + 1];
  }

  /** First shard of each rank, and the number of shards after the last rank. */
  static int[] starts(int shards, int worldSize) {
    ShardRuns runs = new ShardRuns(shards, worldSize);
    runs.count();
    return runs.choose();
  }

  private void count() {
    Arrays.fill(fewest[worldSize], NEVER);
    fewest[worldSize][shards] = 0;
    for (int rank = worldSize - 1; rank >= 0; rank--) {
      for (int first = 0; first <= shards; first++) {
        fewest[rank][first] = NEVER;
        for (int end = first + 1; end <= Math.min(shards, first + longest); end++) {
          fewest[rank][first] =
              Math.min(fewest[rank][first], subtrees(first, end) + fewest[rank + 1][end]);
        }
      }
    }
  }

  private int[] choose() {
    int[] starts = new int[worldSize + 1];
    for (int rank = 0; rank < worldSize; rank++) {
      int first = starts[rank];
      int end = Math.min(shards, first + longest);
      while (subtrees(first, end) + fewest[rank + 1][end] != fewest[rank][first]) {
        end--;
      }
      starts[rank + 1] = end;
    }
    return starts;
  }

  /** How many maximal subtrees the shards from {@code first} to {@code end} make up. */
  private static int subtrees(int first, int end) {
    int count = 0;
    for (int at = first; at < end; count++) {
      int aligned = at == 0 ? Integer.highestOneBit(end) : Integer.lowestOneBit(at);
      at += Math.min(aligned, Integer.highestOneBit(end - at));
    }
    return count;
  }
}
