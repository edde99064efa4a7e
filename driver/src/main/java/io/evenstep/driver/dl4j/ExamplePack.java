package io.evenstep.driver.dl4j;

import io.evenstep.driver.data.RecordJson;
import io.evenstep.driver.data.StoredPack;
import io.evenstep.model.DataException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.ExampleLayout;
import io.evenstep.model.data.ExampleRows;
import io.evenstep.model.data.PackSplit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The examples of an RDD as records on a file system, in the RDD's order.
 *
 * @param layout of a record
 * @param rows where they lie
 */
record ExamplePack(ExampleLayout layout, PackSplit rows) {
  /**
   * Looks at all examples, then writes them.
   *
   * @param level where to keep the RDD in between; {@code NONE} where what it is made of is kept
   * @throws DataException when there are none, or they have unlike shapes
   */
  static ExamplePack write(JavaRDD<MultiDataSet> examples, StorageLevel level, Path folder) {
    boolean keep = !StorageLevel.NONE().equals(level);
    JavaRDD<MultiDataSet> kept = keep ? examples.persist(level) : examples;
    try {
      ExampleLayout layout = layout(kept);
      JavaRDD<byte[]> records = kept.mapPartitions(some -> records(some, layout));
      return new ExamplePack(layout, StoredPack.write(records, layout.recordBytes(), folder));
    } finally {
      if (keep) {
        kept.unpersist();
      }
    }
  }

  private static ExampleLayout layout(JavaRDD<MultiDataSet> examples) {
    return examples.mapPartitions(ExamplePack::layout).map(RecordJson::of).collect().stream()
        .map(text -> RecordJson.read(text, ExampleLayout.class))
        .reduce(ExampleLayout::merge)
        .orElseThrow(() -> new DataException("Cannot train: the RDD holds no examples"));
  }

  private static Iterator<ExampleLayout> layout(Iterator<MultiDataSet> examples) {
    NativeRuntime.prepare();
    Optional<ExampleLayout> merged = Optional.empty();
    while (examples.hasNext()) {
      ExampleLayout layout = ExampleRows.of(examples.next()).layout();
      merged = Optional.of(merged.map(layout::merge).orElse(layout));
    }
    return merged.stream().iterator();
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
