package io.evenstep.worker.plan;

import java.util.OptionalInt;

/**
 * How the rows of an epoch are divided into batches, and batches into shards, and which rank
 * computes which shards. A pure function of its numbers, the same on every rank and in the driver.
 *
 * @param rows of an epoch
 * @param batch rows of a global batch; the last one of an epoch may have fewer
 * @param segments steps that each batch is cut into along time, at least 1
 * @param shards of a batch; at least one a rank
 * @param ranks how many compute
 * @param pieces parts that a shard is computed in, one after the other, at least 1
 */
public record ShardPlan(long rows, int batch, int segments, int shards, int ranks, int pieces) {
  /** Each shard is computed at once. */
  public ShardPlan(long rows, int batch, int segments, int shards, int ranks) {
    this(rows, batch, segments, shards, ranks, 1);
  }

  /**
   * The plan of a run.
   *
   * @param fixedShards the job's number of shards, for the same bits with any number of ranks;
   *     empty when each rank computes its whole part of a batch in one go
   */
  public static ShardPlan of(
      long rows, int batch, int segments, OptionalInt fixedShards, int ranks) {
    return new ShardPlan(rows, batch, segments, fixedShards.orElse(ranks), ranks);
  }

  /** The same plan, with each shard computed in this many pieces. */
  public ShardPlan inPieces(int count) {
    return new ShardPlan(rows, batch, segments, shards, ranks, count);
  }

  /** Batches of an epoch. */
  public long batchesPerEpoch() {
    return (rows + batch - 1) / batch;
  }

  /** Steps of an epoch. */
  public long stepsPerEpoch() {
    return batchesPerEpoch() * segments;
  }

  /** Rows of one of an epoch's batches. */
  public int rowsOfBatch(long batchIndex) {
    return (int) Math.min(batch, rows - batchIndex * batch);
  }

  /** Rows of a shard in one of an epoch's batches; 0 only for shards beyond the last row. */
  public int rowsOf(int shard, long batchIndex) {
    return rowsOf(shard, rowsOfBatch(batchIndex), shards);
  }

  /** Rows of the batch in the shards before this one. */
  public long rowsBefore(int shard, long batchIndex) {
    int ofBatch = rowsOfBatch(batchIndex);
    return (long) ofBatch / shards * shard + Math.min(shard, ofBatch % shards);
  }

  /** Rows that a shard has in the batches before this one. */
  public long rowsOfBatchesBefore(int shard, long batchIndex) {
    long full = rows / batch;
    long before = Math.min(batchIndex, full) * rowsOf(shard, batch, shards);
    return batchIndex > full ? before + rowsOf(shard, full) : before;
  }

  /** Rows of the largest shard of a whole batch. */
  public int mostRowsOfAShard() {
    return rowsOf(0, batch, shards);
  }

  /** Rows of the largest piece of a shard of a whole batch. */
  public int mostRowsOfAPiece() {
    return rowsOf(0, mostRowsOfAShard(), piecesOf(mostRowsOfAShard()));
  }

  /** The number of pieces of a shard with this many rows; 0 without rows. */
  public int piecesOf(int rowsOfShard) {
    return Math.min(pieces, rowsOfShard);
  }

  /** Shards of the rank that has the most. */
  public int mostShardsOfARank() {
    return (shards + ranks - 1) / ranks;
  }

  /** First shard of a rank. Its shards end before the first of the next rank. */
  public int firstShard(int rank) {
    return Shares.firstShard(rank, shards, ranks);
  }

  /**
   * Rows of a shard when a batch is divided as evenly as possible; the first shards have one more.
   */
  public static int rowsOf(int shard, int rowsOfBatch, int shards) {
    return rowsOfBatch / shards + (shard < rowsOfBatch % shards ? 1 : 0);
  }

  /** How many shards of a batch have rows. They are the first ones. */
  public static int present(int rowsOfBatch, int shards) {
    return Math.min(rowsOfBatch, shards);
  }
}
