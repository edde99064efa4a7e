package io.evenstep.driver.score;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.model.data.cell.InvalidValueException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Leaves out rows of a source that cannot be evaluated, counts them, and keeps what is wrong with
 * the first ones of each partition.
 */
public final class LeftOutRows implements RowBatches.Unfit, Serializable {
  private static final long serialVersionUID = 1L;
  private static final int EXAMPLES = 10;

  private final UnfitRows rows;
  private final boolean listed;
  private final CollectionAccumulator<String> examples;
  private transient int kept; // in this task

  private LeftOutRows(UnfitRows rows, boolean listed, CollectionAccumulator<String> examples) {
    this.rows = rows;
    this.listed = listed;
    this.examples = examples;
  }

  /**
   * Counts where the rows are read.
   *
   * @param badRows {@code REFUSE} where each row was checked before; {@code FLAG} to list problems
   */
  public static LeftOutRows of(Reading reading, BadRows badRows) {
    boolean listed = badRows == BadRows.FLAG;
    LongAccumulator missing = new LongAccumulator();
    LongAccumulator bad = new LongAccumulator();
    CollectionAccumulator<String> examples = new CollectionAccumulator<>();
    if (reading.session().isPresent()) {
      SparkContext spark = reading.spark().sparkContext();
      spark.register(missing, "rows without a value");
      spark.register(bad, "bad rows");
      spark.register(examples, "bad rows' problems");
    }
    UnfitRows rows = new UnfitRows(listed ? BadRows.SKIP : badRows, missing, bad);
    return new LeftOutRows(rows, listed, examples);
  }

  /** The same counts, for another task of this process. */
  LeftOutRows inTask() {
    return new LeftOutRows(rows, listed, examples);
  }

  @Override
  public Optional<String> before(Row row) {
    Optional<String> problem = rows.before(row);
    problem.ifPresent(text -> list(row, text));
    return problem;
  }

  @Override
  public String invalid(Row row, long index, InvalidValueException problem) {
    String text = rows.invalid(row, index, problem);
    list(row, text);
    return text;
  }

  @Override
  public String missing(Row row) {
    return rows.missing(row);
  }

  private void list(Row row, String text) {
    if (listed && kept < EXAMPLES) {
      String file = SourceTable.file(row);
      examples.add(file.isEmpty() ? text : RowProblem.fileName(file) + ": " + text);
      kept++;
    }
  }

  /** What was left out, for a person; empty if nothing was. Exact unless a task was retried. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    add(lines, rows.missing().value(), "with missing values");
    add(lines, rows.bad().value(), "that cannot be evaluated");
    examples.value().stream().sorted().limit(EXAMPLES).forEach(text -> lines.add("  " + text));
    return lines;
  }

  private static void add(List<String> lines, long count, String what) {
    if (count > 0) {
      lines.add(String.format(Locale.ROOT, "Left out %,d rows %s", count, what));
    }
  }
}
