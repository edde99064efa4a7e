package io.evenstep.driver.dl4j;

import io.evenstep.driver.data.file.RecordJson;
import io.evenstep.model.DataException;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.Reason;
import io.evenstep.model.data.example.ExampleLayout;
import io.evenstep.model.data.example.ExampleRows;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The layout of a partition's examples, up to the first that cannot be used.
 *
 * @param rows number of valid examples
 * @param layouts one layout, or none when there are no valid examples
 * @param problem of the next example; empty when all are valid
 */
record ExampleScan(long rows, List<ExampleLayout> layouts, String problem) {
  private static final String INVALID = "Invalid examples: ";

  /** Copies the list. */
  ExampleScan {
    layouts = List.copyOf(layouts);
  }

  /** Converts as DL4J does; null stays null. */
  static @Nullable MultiDataSet multi(@Nullable DataSet examples) {
    return examples == null ? null : examples.toMultiDataSet();
  }

  /**
   * Scans all examples.
   *
   * @return the layout that fits all of them; empty when there are none
   * @throws DataException naming the first example that cannot be used, by its number in the RDD
   */
  static Optional<ExampleLayout> layout(JavaRDD<MultiDataSet> examples) {
    List<ExampleScan> scans =
        examples.mapPartitions(ExampleScan::of).map(RecordJson::of).collect().stream()
            .map(text -> RecordJson.read(text, ExampleScan.class))
            .toList();
    long before = 0;
    for (ExampleScan scan : scans) {
      scan.requireNoProblem(before);
      before += scan.rows;
    }
    return scans.stream().flatMap(scan -> scan.layouts.stream()).reduce(ExampleLayout::merge);
  }

  private void requireNoProblem(long before) {
    if (problem.startsWith(INVALID)) {
      long number = before + rows + 1;
      throw new DataException(
          "Invalid example " + number + ": " + problem.substring(INVALID.length()));
    }
    if (!problem.isEmpty()) {
      throw new DataException(problem);
    }
  }

  private static Iterator<ExampleScan> of(Iterator<MultiDataSet> examples) {
    NativeRuntime.prepare();
    long rows = 0;
    Optional<ExampleLayout> merged = Optional.empty();
    String problem = "";
    try {
      while (problem.isEmpty() && examples.hasNext()) {
        ExampleRows next = ExampleRows.of(examples.next());
        Optional<ExampleRows.NotFinite> bad = next.notFinite();
        problem = bad.map(number -> INVALID + number.text()).orElse("");
        rows += bad.map(ExampleRows.NotFinite::row).orElse(next.rows());
        merged = Optional.of(merged.map(next.layout()::merge).orElse(next.layout()));
      }
    } catch (DataException e) {
      problem = Reason.of(e);
    }
    return List.of(new ExampleScan(rows, merged.stream().toList(), problem)).iterator();
  }
}
