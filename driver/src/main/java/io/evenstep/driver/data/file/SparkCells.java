package io.evenstep.driver.data.file;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Takes cells out of Spark's rows as plain Java values. */
public final class SparkCells {
  private SparkCells() {}

  /** The value; a vector as {@code double[]}, an array as a list. */
  public static @Nullable Object plain(Row row, int column) {
    Object cell = row.get(column);
    if (cell instanceof Vector vector) {
      return vector.toArray();
    } else if (cell instanceof org.apache.spark.mllib.linalg.Vector vector) {
      return vector.toArray();
    } else if (cell instanceof Seq<?> seq) {
      return JavaConverters.seqAsJavaList(seq);
    }
    return cell;
  }
}
