package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.Advice;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.data.cell.InvalidValueException;
import java.util.Iterator;
import java.util.function.LongPredicate;
import org.apache.spark.sql.Row;

/**
 * Iterates over the rows of one partition and tracks where each came from. Problems of rows or of
 * reading become values, because an exception in a task would lose its type and fill the log.
 */
final class RowWalk {
  private final boolean rowIsFile;
  private final LongPredicate takes; // by index in the partition
  private final PartitionProblems problems = new PartitionProblems();
  private String file = "";
  private long rowOfFile; // rows of the current file in this partition

  /** Called with each row. */
  @FunctionalInterface
  interface Visitor {
    void visit(Row row, long index) throws InvalidValueException;
  }

  RowWalk(boolean rowIsFile) {
    this(rowIsFile, index -> true);
  }

  /** Visits only rows of some indexes, but numbers them among all rows. */
  RowWalk(boolean rowIsFile, LongPredicate takes) {
    this.rowIsFile = rowIsFile;
    this.takes = takes;
  }

  /**
   * Visits all rows. A row that breaks a rule does not end the iteration; an unreadable file does.
   */
  PartitionProblems walk(Iterator<Row> rows, Visitor visitor) {
    try {
      for (long index = 0; rows.hasNext(); index++) {
        Row row = rows.next();
        enter(row.getString(row.fieldIndex(SourceTable.FILE)));
        if (takes.test(index)) {
          visit(row, index, visitor);
        }
        rowOfFile++;
      }
    } catch (
        Exception
            e) { // such as a truncated file or a damaged page: Scala throws checked exceptions too
      problems.add(ReadFailure.problem(e, file));
    }
    leave();
    return problems;
  }

  private void visit(Row row, long index, Visitor visitor) {
    String corrupt = SourceTable.corrupt(row);
    if (!corrupt.isEmpty()) {
      problems.add(here("", corrupt));
      return;
    }
    try {
      visitor.visit(row, index);
    } catch (InvalidValueException e) {
      RowProblem problem = here(e.column(), e.text());
      problems.add(problems.isFirst(problem) ? problem.with(Advice.of(e)) : problem);
    }
  }

  /** A problem of the current row. */
  RowProblem here(String column, String text) {
    return new RowProblem(file, rowOfFile, column, text);
  }

  private void enter(String rowsFile) {
    if (!rowsFile.equals(file)) {
      leave();
      file = rowsFile;
      rowOfFile = problems.rows(file);
    }
  }

  private void leave() {
    if (!rowIsFile && rowOfFile > 0) {
      problems.addRows(file, rowOfFile);
    }
  }
}
