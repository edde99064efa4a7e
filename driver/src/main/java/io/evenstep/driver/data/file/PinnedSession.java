package io.evenstep.driver.data.file;

import org.apache.spark.sql.SparkSession;

/**
 * A session whose partitions do not depend on the cluster. A source is split at the same places for
 * any number of cores, so every row keeps its number.
 */
public final class PinnedSession {
  /** Bytes of a source that one task reads. */
  public static final long PARTITION_BYTES = 32L << 20;

  /** Bytes that opening a file counts as, when files are put together for one task. */
  public static final long OPEN_COST_IN_BYTES = PARTITION_BYTES / 8;

  /**
   * Maximum number of partitions for computed rows, because Spark's estimate of their bytes can be
   * far too high.
   */
  public static final int MOST_COMPUTED_PARTITIONS = 256;

  private PinnedSession() {}

  /** A copy of a session with its temporary views and settings, overridden by ours. */
  public static SparkSession of(SparkSession session) {
    SparkSession pinned = session.cloneSession();
    pinned.conf().set("spark.sql.files.maxPartitionBytes", PARTITION_BYTES);
    pinned.conf().set("spark.sql.files.openCostInBytes", OPEN_COST_IN_BYTES);
    pinned.conf().set("spark.sql.files.minPartitionNum", 1);
    pinned.conf().set("spark.sql.adaptive.enabled", false);
    pinned.conf().set("spark.sql.caseSensitive", true);
    pinned.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
    return pinned;
  }
}
