package io.evenstep.driver.cli;

import org.apache.spark.sql.SparkSession;

/**
 * The Spark session a command runs in. What was open before the command stays open after it.
 *
 * @param found whether it was there before
 */
record OpenSession(SparkSession spark, boolean found) implements AutoCloseable {
  @Override
  public void close() {
    if (!found) {
      spark.stop();
    }
  }
}
