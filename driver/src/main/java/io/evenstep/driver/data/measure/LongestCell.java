package io.evenstep.driver.data.measure;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.file.SparkCells;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;

/** Reads a source once to find its longest sequence. */
public final class LongestCell {
  private LongestCell() {}

  /** The most numbers that a cell of a column has, at least 1; cells that are no lists count 1. */
  public static int of(SourceTable table, String column) {
    AtomicInteger longest = new AtomicInteger(1);
    table.eachPart(
        (partition, rows) -> longest(rows, column),
        found -> longest.accumulateAndGet(found, Math::max));
    return longest.get();
  }

  private static int longest(Iterator<Row> rows, String column) {
    int longest = 1;
    while (rows.hasNext()) {
      Row row = rows.next();
      Object cell = SparkCells.plain(row, row.fieldIndex(column));
      if (!CellValues.isMissing(cell) && cell != null) {
        longest = Math.max(longest, count(cell));
      }
    }
    return longest;
  }

  private static int count(Object cell) {
    try {
      return CellValues.count(cell);
    } catch (InvalidValueException e) { // reported when the rows are checked
      return 1;
    }
  }
}
