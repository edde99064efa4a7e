package io.evenstep.driver.ml.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/**
 * Names a row of a dataset in messages: by its position, and by values that a person may recognise.
 */
final class RowName {
  private static final int MOST_FIELDS = 5;
  private static final int MOST_LETTERS = 40;

  private RowName() {}

  /**
   * {@code row 12 of partition 0 (id=312, name=left)}.
   *
   * @param index in its partition, from 0
   */
  static String of(int partition, long index, Row row) {
    List<String> fields = new ArrayList<>();
    StructField[] columns = row.schema().fields();
    for (int i = 0; i < columns.length && fields.size() < MOST_FIELDS; i++) {
      if (columns[i].dataType() instanceof AtomicType
          && !(columns[i].dataType() instanceof BinaryType)) {
        fields.add(columns[i].name() + "=" + shown(String.valueOf(row.get(i))));
      }
    }
    String place = "row " + (index + 1) + " of partition " + partition;
    return fields.isEmpty() ? place : place + " (" + String.join(", ", fields) + ")";
  }

  private static String shown(String value) {
    return value.length() <= MOST_LETTERS ? value : value.substring(0, MOST_LETTERS) + "...";
  }
}
