package io.evenstep.driver.data.file;

import org.apache.spark.sql.SparkSession;

/**
 * A session whose partitions do not depend on the cluster: the same source is cut in the same
 * places whatever the number of cores, so that a row keeps its number.
 */
public final class PinnedSession {
  /** Bytes of a source that one task reads. */
  public static final long PARTITION_BYTES = 32L << 20;

  /**
   * Partitions that computed rows have at most: Spark guesses their bytes far too high at times.
   */
  public static final int MOST_COMPUTED_PARTITIONS = 256;

  private PinnedSession() {}

  /** A copy of a session, with its temporary views and settings, and ours on top. */
  public static SparkSession of(SparkSession session) {
    SparkSession pinned = session.cloneSession();
    pinned.conf().set("spark.sql.files.maxPartitionBytes", PARTITION_BYTES);
    pinned.conf().set("spark.sql.files.openCostInBytes", PARTITION_BYTES / 8);
    pinned.conf().set("spark.sql.files.minPartitionNum", 1);
    pinned.conf().set("spark.sql.adaptive.enabled", false);
    pinned.conf().set("spark.sql.caseSensitive", true);
    pinned.conf().set("spark.sql.csv.parser.columnPruning.enabled", false);
    return pinned;
  }
}
