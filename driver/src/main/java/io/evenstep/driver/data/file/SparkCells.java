package io.evenstep.driver.data.file;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Reads cells of Spark's rows as plain Java values. */
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
      List<?> list = JavaConverters.seqAsJavaList(seq);
      return !list.isEmpty() && list.get(0) instanceof Seq ? nested(list) : list;
    }
    return cell;
  }

  /** Nested arrays are not numbers; they become lists for the message. */
  private static List<?> nested(List<?> list) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object inner : list) {
      plain.add(inner instanceof Seq<?> seq ? JavaConverters.seqAsJavaList(seq) : inner);
    }
    return plain;
  }
}
