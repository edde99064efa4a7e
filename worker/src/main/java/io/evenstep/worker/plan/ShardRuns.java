package io.evenstep.worker.plan;

import java.util.Arrays;

/**
 * Assigns a sequence, such as shards, to ranks in runs. The longest run is as short as possible, so
 * that no rank computes longer than necessary. Of all such assignments it takes one whose runs form
 * the fewest subtrees, because a rank sends one sum per subtree: for 8 shards and 5 ranks 2, 2, 2,
 * 1, 1 rather than 1, 2, 1, 2, 2.
 */
final class ShardRuns {
  private static final int NEVER = Integer.MAX_VALUE / 2;

  private final int shards;
  private final int worldSize;
  private final int longest;
  private final int[][] fewest; // [rank, first shard]: subtrees of this run and the later ones

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

  /** How many maximal subtrees the shards from {@code first} to {@code end} form. */
  private static int subtrees(int first, int end) {
    int count = 0;
    for (int at = first; at < end; count++) {
      int aligned = at == 0 ? Integer.highestOneBit(end) : Integer.lowestOneBit(at);
      at += Math.min(aligned, Integer.highestOneBit(end - at));
    }
    return count;
  }
}
