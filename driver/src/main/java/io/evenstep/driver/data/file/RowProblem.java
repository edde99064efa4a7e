package io.evenstep.driver.data.file;

import java.io.Serializable;
import java.net.URI;
import org.apache.hadoop.fs.Path;

/**
 * Something wrong with a row, or with a file from some row on. A plain class, so that every
 * serializer of Spark can take it.
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
   * @param file the row came from; empty when it came from none
   * @param row among the rows that one partition has of the file, from 0; -1 for the file as a
   *     whole
   * @param column empty for the row as a whole
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

  /** The same, with the likely remedy. */
  public RowProblem with(String remedy) {
    return new RowProblem(file, row, column, text, remedy);
  }

  /** The file it was found in; empty for none. */
  public String file() {
    return file;
  }

  /** Column and rule, which problems of one kind share; of a file, the file. */
  public String kind() {
    int value = text.indexOf(GOT);
    String rule = value < 0 ? text : text.substring(0, value);
    return row < 0 ? file + "\n" + column + "\n" + text : column + "\n" + rule;
  }

  /**
   * Value and row in a few words.
   *
   * @param rowsBefore rows of the file in earlier partitions
   */
  public String example(long rowsBefore) {
    int value = text.indexOf(GOT);
    String got = value < 0 ? text : text.substring(value + GOT.length());
    return row < 0 || file.isEmpty() ? got : got + " in row " + (rowsBefore + row + 1);
  }

  /**
   * The problem in words.
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

  /** Spark escapes file names as in a URI; our own sources do so too. */
  public static String fileName(String file) {
    return SourceFiles.name(new Path(URI.create(file)));
  }
}
