package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.DataException;
import io.evenstep.model.data.cell.CellValues;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The first row of a partition, or why it cannot be read. A plain class, so that every Spark
 * serializer supports it.
 */
public final class FirstRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final @Nullable Row row; // null if it cannot be read
  private final @Nullable RowProblem problem; // null if it can be read

  private FirstRow(@Nullable Row row, @Nullable RowProblem problem) {
    this.row = row;
    this.problem = problem;
  }

  /**
   * The first row of a source.
   *
   * @throws DataException when there is none or it cannot be read
   */
  public static Row of(SourceTable table) {
    Optional<FirstRow> found =
        ReadFailure.translated(table.name(), () -> table.parts().first(FirstRow::of));
    Row row = found.isEmpty() ? null : found.get().row;
    RowProblem problem = found.isEmpty() ? null : found.get().problem;
    if (problem != null) {
      throw new DataException(problem.text(table, 0));
    } else if (row == null) {
      throw new DataException("Cannot train: " + table.name() + " must have rows, got none");
    }
    return row;
  }

  /** The first row with a value in a column. */
  static Optional<Row> with(String column, SourceTable table) {
    return table
        .parts()
        .first(
            rows ->
                StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                    .filter(row -> !CellValues.isMissing(row.getAs(column)))
                    .iterator());
  }

  private static Iterator<FirstRow> of(Iterator<Row> rows) {
    try {
      return rows.hasNext()
          ? List.of(new FirstRow(rows.next(), null)).iterator()
          : List.<FirstRow>of().iterator();
    } catch (Exception e) { // any exception of a reader: Scala throws checked exceptions too
      return List.of(new FirstRow(null, ReadFailure.problem(e, ""))).iterator();
    }
  }
}
