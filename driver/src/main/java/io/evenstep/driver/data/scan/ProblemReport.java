package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the problems of all partitions, in order, into one message. */
final class ProblemReport {
  private static final int EXAMPLES = 2; // besides the first

  private final Map<String, Line> lines = new LinkedHashMap<>(); // kind of problem
  private final Map<String, Long> rowsBefore = new HashMap<>(); // rows of each file so far
  private final SourceTable table;
  private final boolean skipsRows;
  private long others; // number of problems of other kinds

  ProblemReport(SourceTable table) {
    this(table, false);
  }

  /**
   * A report.
   *
   * @param skipsRows whether rows with problems are left out, so that only unreadable files count
   */
  ProblemReport(SourceTable table, boolean skipsRows) {
    this.table = table;
    this.skipsRows = skipsRows;
  }

  /** All problems of one kind. */
  private static final class Line {
    private final String first;
    private final boolean ofRows;
    private final List<String> examples = new ArrayList<>();
    private long count;

    Line(String first, boolean ofRows) {
      this.first = first;
      this.ofRows = ofRows;
    }

    String text() {
      if (count == 1) {
        return first;
      }
      String shown = examples.isEmpty() ? "" : ": " + String.join(", ", examples);
      return first + "; " + (count - 1) + " more like it" + shown;
    }
  }

  /** Adds the problems of the next partition. */
  void add(PartitionProblems problems) {
    others += problems.others();
    problems.groups().forEach(this::add);
    problems.rowsPerFile().forEach((file, rows) -> rowsBefore.merge(file, rows, Long::sum));
  }

  private void add(PartitionProblems.Group group) {
    RowProblem first = group.examples().get(0);
    Line line = lines.get(first.kind());
    int next = 0;
    if (line == null && lines.size() == PartitionProblems.MOST) {
      others += group.count();
      return;
    } else if (line == null) {
      line = new Line(text(first), !first.isOfFile());
      lines.put(first.kind(), line);
      next = 1;
    }
    line.count += group.count();
    for (; next < group.examples().size() && line.examples.size() < EXAMPLES; next++) {
      line.examples.add(example(group.examples().get(next)));
    }
  }

  private String example(RowProblem problem) {
    return problem.example(rowsBefore.getOrDefault(problem.file(), 0L));
  }

  /** The message of a problem in the partition to be added next. */
  String text(RowProblem problem) {
    return problem.text(table, rowsBefore.getOrDefault(problem.file(), 0L));
  }

  /** One line for each kind of problem of rows that were left out. */
  List<String> skipped() {
    if (!skipsRows) {
      return List.of();
    }
    List<String> skipped = new ArrayList<>();
    lines.values().stream()
        .filter(line -> line.ofRows)
        .forEach(line -> skipped.add(skipped(line.count, ": " + line.text())));
    if (others > 0) {
      skipped.add(skipped(others, " for other reasons"));
    }
    return skipped;
  }

  private static String skipped(long count, String why) {
    return String.format(Locale.ROOT, "Skipped %,d %s%s", count, count == 1 ? "row" : "rows", why);
  }

  /** What was left out, to be added to a message. */
  static String after(List<ProblemReport> reports) {
    StringBuilder text = new StringBuilder();
    reports.forEach(report -> report.skipped().forEach(line -> text.append('\n').append(line)));
    return text.toString();
  }

  /**
   * Checks that there were no problems.
   *
   * @throws DataException with one line for each kind of problem in each source
   */
  static void requireNone(List<ProblemReport> reports) {
    List<String> lines = new ArrayList<>();
    long more = 0;
    for (ProblemReport report : reports) {
      report.lines.values().stream()
          .filter(line -> !report.skipsRows || !line.ofRows)
          .forEach(line -> lines.add(line.text()));
      more += report.skipsRows ? 0 : report.others;
    }
    if (lines.isEmpty()) {
      return;
    }
    String text = String.join("\n", lines);
    throw new DataException(more > 0 ? text + "\nand " + more + " more" : text);
  }
}
