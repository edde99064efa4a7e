package io.evenstep.driver.data.file;

import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Takes the cells of some columns out of rows that all have one schema. */
public final class CellPicker {
  private final List<String> columns;
  private final @Nullable Object[] cells;
  private int @Nullable [] indexes;

  public CellPicker(List<String> columns) {
    this.columns = columns;
    this.cells = new Object[columns.size()];
  }

  /** The cells, in an array that the next call overwrites. */
  public @Nullable Object[] pick(Row row) {
    if (indexes == null) {
      indexes = columns.stream().mapToInt(row::fieldIndex).toArray();
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = SparkCells.plain(row, indexes[i]);
    }
    return cells;
  }
}
