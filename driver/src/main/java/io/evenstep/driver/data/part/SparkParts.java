package io.evenstep.driver.data.part;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * Partitions that tasks of Spark read.
 *
 * @param rows makes the RDD, which may be slow
 */
public record SparkParts(Supplier<JavaRDD<Row>> rows) implements RowParts {
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
}
