package io.evenstep.driver.dl4j;

import io.evenstep.driver.data.pack.StoredPack;
import io.evenstep.model.DataException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.example.ExampleLayout;
import io.evenstep.model.data.example.ExampleRows;
import io.evenstep.model.data.pack.PackSplit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The examples of an RDD, written as records to a file system in the RDD's order.
 *
 * @param layout of a record
 * @param rows index of the records
 */
record ExamplePack(ExampleLayout layout, PackSplit rows) {
  /**
   * Checks all examples, then writes them.
   *
   * @param level how to persist the RDD in between; {@code NONE} when its source is persisted
   *     already
   * @return empty when there are no examples
   * @throws DataException naming the first example that cannot be used
   */
  static Optional<ExamplePack> write(
      JavaRDD<MultiDataSet> examples, StorageLevel level, Path folder) {
    boolean keep = !StorageLevel.NONE().equals(level);
    JavaRDD<MultiDataSet> kept = keep ? examples.persist(level) : examples;
    try {
      return ExampleScan.layout(kept).map(layout -> write(kept, layout, folder));
    } catch (Exception e) { // Spark throws SparkException without declaring it
      requireReadable(e);
      throw e;
    } finally {
      if (keep) {
        kept.unpersist();
      }
    }
  }

  /** Rethrows the executor's refusal itself, not Spark's exception around it. */
  private static void requireReadable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException refusal) {
        throw refusal;
      }
    }
  }

  private static ExamplePack write(
      JavaRDD<MultiDataSet> examples, ExampleLayout layout, Path folder) {
    JavaRDD<byte[]> records = examples.mapPartitions(some -> records(some, layout));
    return new ExamplePack(layout, StoredPack.write(records, layout.recordBytes(), folder));
  }

  private static Iterator<byte[]> records(Iterator<MultiDataSet> examples, ExampleLayout layout) {
    NativeRuntime.prepare();
    return new Iterator<>() {
      private final List<byte[]> waiting = new ArrayList<>();
      private int next;

      @Override
      public boolean hasNext() {
        while (next == waiting.size() && examples.hasNext()) {
          waiting.clear();
          next = 0;
          ExampleRows.of(examples.next()).encode(layout, waiting::add);
        }
        return next < waiting.size();
      }

      @Override
      public byte[] next() {
        return waiting.get(next++);
      }
    };
  }
}
