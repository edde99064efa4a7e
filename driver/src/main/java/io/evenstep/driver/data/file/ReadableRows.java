package io.evenstep.driver.data.file;

import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a source, read in a task once more: what fails names the file, which was readable when
 * its rows were checked.
 */
public final class ReadableRows implements Iterator<Row> {
  private final Iterator<Row> rows;
  private @Nullable Row last;

  public ReadableRows(Iterator<Row> rows) {
    this.rows = rows;
  }

  @Override
  public boolean hasNext() {
    try {
      return rows.hasNext();
    } catch (Exception e) { // Scala throws checked ones too
      throw ReadFailure.unreadable(e, last);
    }
  }

  @Override
  public Row next() {
    try {
      last = rows.next();
      return last;
    } catch (Exception e) { // Scala throws checked ones too
      throw ReadFailure.unreadable(e, last);
    }
  }
}
