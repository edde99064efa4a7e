package io.evenstep.driver.data.part;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** The rows of a source in partitions, each row with its schema. */
public interface RowParts {
  /** Work on one partition, in a task. */
  @FunctionalInterface
  interface Work<T> extends Serializable {
    /**
     * The result of a partition.
     *
     * @param partition its number, from 0
     */
    T of(int partition, Iterator<Row> rows);
  }

  /**
   * The rows as an RDD.
   *
   * @throws IllegalStateException when they are read without Spark
   */
  JavaRDD<Row> rdd();

  /** Works on each partition, and delivers the results in the order of the partitions. */
  <T> void each(Work<T> work, Consumer<T> results);
}
