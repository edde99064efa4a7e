package io.evenstep.worker.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which shards each host computes, the subtrees that they form, and the slice of the vector that
 * each host sums. A pure function of its numbers, the same on every rank. Shards are assigned to
 * ranks, and a host has those of its ranks. The assignment is computed once: with hundreds of ranks
 * it takes milliseconds.
 */
public final class Shares {
  private static final int ALIGNMENT = Wire.BLOCK; // floats; also a multiple of a cache line

  private final int shards;
  private final List<Integer> places;
  private final long length;
  private final List<Integer> starts; // first shard of each rank, then the number of shards
  private final List<List<Piece>> pieces = new ArrayList<>(); // by host

  /** A subtree of shards that is complete on one rank. */
  public record Piece(int level, int index) {
    /** Whether any of its shards has rows, when only the first {@code present} shards have. */
    public boolean present(int present) {
      return index << level < present;
    }
  }

  /**
   * Assigns shards to hosts.
   *
   * @param shards how many shards a global batch has, at least one per rank
   * @param places first rank of each host, then the number of ranks; the ranks of a host are
   *     consecutive
   * @param length floats in the vector
   */
  public Shares(int shards, List<Integer> places, long length) {
    this.shards = shards;
    this.places = List.copyOf(places);
    this.length = length;
    int ranks = places.get(places.size() - 1);
    if (shards < ranks) {
      throw new IllegalArgumentException(
          "Invalid shards: must be at least the " + ranks + " workers, got " + shards);
    }
    this.starts = Arrays.stream(ShardRuns.starts(shards, ranks)).boxed().toList();
    for (int host = 0; host < worldSize(); host++) {
      pieces.add(subtrees(firstShard(host), firstShard(host + 1)));
    }
  }

  /** Each rank is a host. */
  public Shares(int shards, int worldSize, long length) {
    this(shards, IntStream.rangeClosed(0, worldSize).boxed().toList(), length);
  }

  /** How many shards a global batch has. */
  public int shards() {
    return shards;
  }

  /** First rank of each host, then the number of ranks. */
  public List<Integer> places() {
    return places;
  }

  /** How many hosts. */
  public int worldSize() {
    return places.size() - 1;
  }

  /** First shard of a host. Its shards end before the first of the next host. */
  public int firstShard(int host) {
    return firstShardOf(places.get(host));
  }

  /** First shard of a rank, by its place in the list of all ranks. */
  public int firstShardOf(int place) {
    return starts.get(place);
  }

  /**
   * First of a rank's shards, when there are {@code shards}. They end before the first of the next
   * rank.
   */
  public static int firstShard(int rank, int shards, int worldSize) {
    return ShardRuns.starts(shards, worldSize)[rank];
  }

  /** The maximal subtrees within a host's run, in shard order. */
  public List<Piece> pieces(int host) {
    return pieces.get(host);
  }

  private static List<Piece> subtrees(int first, int end) {
    TreeStack<Boolean> stack = new TreeStack<>((left, right) -> true);
    for (int shard = first; shard < end; shard++) {
      stack.push(0, shard, Optional.of(true));
    }
    return stack.nodes().stream().map(node -> new Piece(node.level(), node.index())).toList();
  }

  /** First float of a host's slice. It ends before the first of the next host. */
  public long sliceStart(int host) {
    if (host == worldSize()) {
      return length;
    }
    return length * host / worldSize() / ALIGNMENT * ALIGNMENT;
  }

  /** Bytes of gradient an all-reduce makes a host send on average when all shards have rows. */
  public double bytesPerStep(Wire wire) {
    long bytes = 0;
    for (int host = 0; host < worldSize(); host++) {
      long own = sliceStart(host + 1) - sliceStart(host);
      bytes += pieces(host).size() * wire.bytes(length - own);
      bytes += (worldSize() - 1) * wire.bytes(own);
    }
    return (double) bytes / worldSize();
  }

  /** Fewest bytes an all-reduce of the vector can make a host send on average. */
  public long lowerBoundBytes(Wire wire) {
    return 2L * (worldSize() - 1) * wire.bytes(length) / worldSize();
  }
}
