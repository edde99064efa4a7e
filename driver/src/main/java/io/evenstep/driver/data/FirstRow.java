package io.evenstep.driver.data;

import io.evenstep.model.DataException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a partition, or why it cannot be read.
 *
 * @param row null when there is none, or it cannot be read
 * @param problem null when there is none
 */
record FirstRow(@Nullable Row row, @Nullable RowProblem problem) implements Serializable {

  /**
   * The first row of a source.
   *
   * @throws DataException when there is none, or it cannot be read
   */
  static Row of(SourceTable table) {
    List<byte[]> found =
        table.rows().toJavaRDD().mapPartitions(FirstRow::of).map(JavaBytes::of).take(1);
    FirstRow first =
        found.isEmpty() ? new FirstRow(null, null) : JavaBytes.read(found.get(0), FirstRow.class);
    Row row = first.row();
    RowProblem problem = first.problem();
    if (problem != null) {
      throw new DataException(problem.text(table, 0));
    } else if (row == null) {
      throw new DataException("Cannot train: " + table.name() + " must have rows, got none");
    }
    return row;
  }

  private static Iterator<FirstRow> of(Iterator<Row> rows) {
    try {
      return rows.hasNext()
          ? List.of(new FirstRow(rows.next(), null)).iterator()
          : List.<FirstRow>of().iterator();
    } catch (Exception e) { // [whatever a reader throws: Scala throws checked ones too]
      return List.of(new FirstRow(null, ReadFailure.problem(e, ""))).iterator();
    }
  }
}
