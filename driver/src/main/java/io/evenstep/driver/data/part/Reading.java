package io.evenstep.driver.data.part;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Where sources are read: in tasks of Spark, or in this process without Spark.
 *
 * @param hadoop finds files
 * @param session reads them; empty without Spark
 */
public record Reading(Configuration hadoop, Optional<SparkSession> session) {
  /**
   * In tasks of Spark.
   *
   * @param pinned whose settings determine the partitions
   */
  public static Reading in(SparkSession pinned) {
    return new Reading(pinned.sparkContext().hadoopConfiguration(), Optional.of(pinned));
  }

  /** In the calling thread, without Spark. */
  public static Reading here(Configuration hadoop) {
    return new Reading(hadoop, Optional.empty());
  }

  /**
   * The session.
   *
   * @throws IllegalStateException when sources are read without Spark
   */
  public SparkSession spark() {
    return session.orElseThrow(() -> new IllegalStateException("There is no Spark session here"));
  }
}
