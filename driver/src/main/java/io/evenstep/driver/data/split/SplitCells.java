package io.evenstep.driver.data.split;

import io.evenstep.driver.data.file.SparkCells;
import io.evenstep.model.data.cell.Absent;
import io.evenstep.model.data.cell.CellValues;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/** The cells of the column that rows are split by. */
public final class SplitCells implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int UNKNOWN = -1;

  private final String column;
  private final Absent absent;
  private int index = UNKNOWN;

  public SplitCells(String column, Absent absent) {
    this.column = column;
    this.absent = absent;
  }

  /** The cell; an empty string if missing. */
  public Object of(Row row) {
    if (index == UNKNOWN) {
      index = row.fieldIndex(column);
    }
    Object cell = SparkCells.plain(row, index);
    return cell == null || absent.holds(cell) ? "" : cell;
  }

  /** The cell as the name of a class or group. */
  public String name(Row row) {
    return CellValues.category(of(row));
  }
}
