package io.evenstep.driver.data.file;

import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Rows of a Dataset, read column by column. {@link Dataset#toJavaRDD} would compile code for the
 * row, which takes minutes with thousands of columns.
 */
final class SparkRows {
  private SparkRows() {}

  static JavaRDD<Row> of(Dataset<Row> rows) {
    StructType schema = rows.schema();
    return rows.queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(
            some -> {
              Function1<Object, Object> convert =
                  CatalystTypeConverters.createToScalaConverter(schema);
              Iterable<InternalRow> once = () -> some;
              return StreamSupport.stream(once.spliterator(), false)
                  .map(row -> (Row) convert.apply(row))
                  .iterator();
            });
  }
}
