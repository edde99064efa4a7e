package io.evenstep.driver.score;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.data.cell.InvalidValueException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts the rows of a partition that cannot be scored.
 *
 * @param badRows what to do with them
 * @param missing counts rows that lack a needed value
 * @param bad counts the others
 */
record UnfitRows(BadRows badRows, LongAccumulator missing, LongAccumulator bad)
    implements RowBatches.Unfit, Serializable {
  static final String NO_VALUE = "a value is missing, and data.missing is drop";

  @Override
  public Optional<String> before(Row row) {
    String corrupt = badRows == BadRows.REFUSE ? "" : SourceTable.corrupt(row);
    if (corrupt.isEmpty()) {
      return Optional.empty();
    }
    bad.add(1);
    return Optional.of(corrupt);
  }

  @Override
  public String invalid(Row row, long index, InvalidValueException problem) {
    if (badRows == BadRows.REFUSE) {
      throw RowBatches.changed(problem);
    }
    bad.add(1);
    return "column " + problem.column() + ": " + problem.text();
  }

  @Override
  public String missing(Row row) {
    missing.add(1);
    return NO_VALUE;
  }

  @Override
  public boolean keeps() {
    return badRows == BadRows.FLAG;
  }
}
