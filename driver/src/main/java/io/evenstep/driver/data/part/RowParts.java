package io.evenstep.driver.data.part;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
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

  /** Looks for something in one partition, in a task. */
  @FunctionalInterface
  interface Search<T> extends Serializable {
    /** What there is. Reads only as many rows as are asked for. */
    Iterator<T> in(Iterator<Row> rows);
  }

  /** Where tasks read the rows; empty if they are read without Spark. */
  Optional<SparkContext> context();

  /**
   * The rows as an RDD.
   *
   * @throws IllegalStateException when they are read without Spark
   */
  JavaRDD<Row> rdd();

  /** Works on each partition, and delivers the results in the order of the partitions. */
  <T> void each(Work<T> work, Consumer<T> results);

  /** The first thing found, in the order of the partitions. */
  <T> Optional<T> first(Search<T> search);
}
