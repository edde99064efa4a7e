package io.evenstep.driver.cli;

import io.evenstep.driver.TemporaryException;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session a command runs in. What was open before the command stays open after it.
 *
 * @param found whether it was there before
 */
record OpenSession(SparkSession spark, boolean found) implements AutoCloseable {
  /**
   * Works in the session.
   *
   * @throws TemporaryException when someone else has stopped Spark in the meantime
   */
  <T> T run(Function<SparkSession, T> work) {
    try {
      return work.apply(spark);
    } catch (Exception e) { // [Spark throws checked ones without declaring them]
      if (spark.sparkContext().isStopped() && ExitCode.of(e) == ExitCode.INTERNAL) {
        throw new TemporaryException("Cannot go on: Spark was stopped from outside", e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (!found) {
      Thread.interrupted(); // [asked to stop, it still ends Spark as a whole]
      spark.stop();
    }
  }
}
