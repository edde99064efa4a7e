package io.evenstep.worker.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who has what: the shards each rank computes, the subtrees these make, and the slice of the vector
 * each rank adds up. A pure function of its three numbers, the same on every rank.
 *
 * @param shards how many shards a global batch has, at least {@code worldSize}
 * @param worldSize how many ranks
 * @param length floats in the vector
 */
public record Shares(int shards, int worldSize, long length) {
  private static final int ALIGNMENT = 16; // floats; a cache line

  /** A subtree of shards that one rank holds whole. */
  public record Piece(int level, int index) {
    /** Whether any of its shards has rows, when only the first {@code present} have. */
    public boolean present(int present) {
      return index << level < present;
    }
  }

  /** Checks that there is at least one shard a rank. */
  public Shares {
    if (shards < worldSize) {
      throw new IllegalArgumentException(
          "Invalid shards: must be at least the " + worldSize + " workers, got " + shards);
    }
  }

  /** First shard of a rank; its run goes up to the first of the next rank. */
  public int firstShard(int rank) {
    return firstShard(rank, shards, worldSize);
  }

  /** First of {@code shards} things that a rank has; its run goes up to the next rank's first. */
  public static int firstShard(int rank, int shards, int worldSize) {
    return ShardRuns.starts(shards, worldSize)[rank];
  }

  /** The maximal subtrees within a rank's run, in shard order. */
  public List<Piece> pieces(int rank) {
    TreeStack<Boolean> stack = new TreeStack<>((left, right) -> true);
    for (int shard = firstShard(rank); shard < firstShard(rank + 1); shard++) {
      stack.push(0, shard, Optional.of(true));
    }
    List<Piece> pieces = new ArrayList<>();
    stack.nodes().forEach(node -> pieces.add(new Piece(node.level(), node.index())));
    return pieces;
  }

  /** First float of a rank's slice; it goes up to the first of the next rank. */
  public long sliceStart(int rank) {
    if (rank == worldSize) {
      return length;
    }
    return length * rank / worldSize / ALIGNMENT * ALIGNMENT;
  }

  /** Bytes of gradient an all-reduce makes a rank send on average when all shards have rows. */
  public double bytesPerStep() {
    long bytes = 0;
    for (int rank = 0; rank < worldSize; rank++) {
      long own = sliceStart(rank + 1) - sliceStart(rank);
      bytes += pieces(rank).size() * (length - own) + (worldSize - 1) * own;
    }
    return (double) bytes * Float.BYTES / worldSize;
  }

  /** Fewest bytes an all-reduce of the vector can make a rank send on average. */
  public long lowerBoundBytes() {
    return 2L * (worldSize - 1) * length * Float.BYTES / worldSize;
  }
}
