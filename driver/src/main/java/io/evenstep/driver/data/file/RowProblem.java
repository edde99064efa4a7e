package io.evenstep.driver.data.file;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.fs.Path;

/**
 * A problem of a row, or of a file from some row on. A plain class, so that every Spark serializer
 * supports it.
 */
public final class RowProblem implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String GOT = ", got ";

  private final String file;
  private final long row;
  private final String column;
  private final String text;
  private final String advice;

  /**
   * A problem.
   *
   * @param file of the row; empty if the row is not from a file
   * @param row index among the partition's rows of the file, from 0; -1 for the whole file
   * @param column empty for the whole row
   * @param text the rule and the value
   */
  public RowProblem(String file, long row, String column, String text) {
    this(file, row, column, text, "");
  }

  private RowProblem(String file, long row, String column, String text, String advice) {
    this.file = file;
    this.row = row;
    this.column = column;
    this.text = text;
    this.advice = advice;
  }

  /** The same problem with the likely remedy. */
  public RowProblem with(String remedy) {
    return new RowProblem(file, row, column, text, remedy);
  }

  /** The file; empty for none. */
  public String file() {
    return file;
  }

  /** Whether it is about a whole file, not about a row. */
  public boolean isOfFile() {
    return row < 0;
  }

  /** The kind of the problem: column and rule, or the file for problems of a whole file. */
  public String kind() {
    int value = text.indexOf(GOT);
    String rule = value < 0 ? text : text.substring(0, value);
    return row < 0 ? file + "\n" + column + "\n" + text : column + "\n" + rule;
  }

  /**
   * Short text of value and row.
   *
   * @param rowsBefore rows of the file in earlier partitions
   */
  public String example(long rowsBefore) {
    int value = text.indexOf(GOT);
    String got = value < 0 ? text : text.substring(value + GOT.length());
    return row < 0 || file.isEmpty() ? got : got + " in row " + (rowsBefore + row + 1);
  }

  /**
   * The message of the problem.
   *
   * @param rowsBefore rows of the file in earlier partitions
   */
  public String text(SourceTable table, long rowsBefore) {
    String place = file.isEmpty() ? table.name() : fileName(file);
    if (row < 0 && column.isEmpty()) {
      return "Cannot read " + place + ": " + text;
    }
    StringBuilder words = new StringBuilder("Invalid data in ").append(place);
    if (row >= 0 && !file.isEmpty() && !table.rowIsFile()) {
      words.append(", row ").append(rowsBefore + row + 1);
    }
    if (!column.isEmpty()) {
      words.append(", column ").append(column);
    }
    return words.append(": ").append(text).append(advice).toString();
  }

  /** Spark escapes file names as in a URI, and so do our own sources. */
  public static String fileName(String file) {
    return SourceFiles.name(new Path(URI.create(file)));
  }
}
