package io.evenstep.driver.data.part;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Partitions that the calling thread reads one after the other, without Spark.
 *
 * @param parts opens each partition, in a {@link LocalTask}
 */
public record LocalParts(List<Supplier<Iterator<Row>>> parts) implements RowParts {
  public LocalParts {
    parts = List.copyOf(parts);
  }

  @Override
  public Optional<SparkContext> context() {
    return Optional.empty();
  }

  @Override
  public JavaRDD<Row> rdd() {
    throw new IllegalStateException("These rows are read without Spark");
  }

  @Override
  public <T> void each(Work<T> work, Consumer<T> results) {
    for (int i = 0; i < parts.size(); i++) {
      T result;
      try (LocalTask task = LocalTask.begin()) {
        result = work.of(i, parts.get(i).get());
      }
      results.accept(result);
    }
  }

  @Override
  public <T> Optional<T> first(Search<T> search) {
    for (Supplier<Iterator<Row>> part : parts) {
      try (LocalTask task = LocalTask.begin()) {
        Iterator<T> found = search.in(part.get());
        if (found.hasNext()) {
          return Optional.of(found.next());
        }
      }
    }
    return Optional.empty();
  }
}
