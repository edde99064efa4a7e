package io.evenstep.driver.data.part;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Partitions that tasks of Spark read.
 *
 * @param rows makes the RDD, which may be slow
 */
public record SparkParts(Supplier<JavaRDD<Row>> rows) implements RowParts {
  @Override
  public Optional<SparkContext> context() {
    return Optional.of(rdd().context());
  }

  @Override
  public JavaRDD<Row> rdd() {
    return rows.get();
  }

  @Override
  public <T> void each(Work<T> work, Consumer<T> results) {
    JavaRDD<T> parts =
        rdd()
            .mapPartitionsWithIndex(
                (partition, some) -> List.of(work.of(partition, some)).iterator(), true);
    OrderedJob.run(parts, results);
  }

  @Override
  public <T> Optional<T> first(Search<T> search) {
    return rdd().mapPartitions(search::in).take(1).stream().findFirst();
  }
}
