package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the problems of all partitions, in order, into one message. */
final class ProblemReport {
  private static final int EXAMPLES = 2; // besides the first

  private final Map<String, Line> lines = new LinkedHashMap<>(); // kind of problem
  private final Map<String, Long> rowsBefore = new HashMap<>(); // rows of each file so far
  private final SourceTable table;
  private long others; // number of problems of other kinds

  ProblemReport(SourceTable table) {
    this.table = table;
  }

  /** All problems of one kind. */
  private static final class Line {
    private final String first;
    private final List<String> examples = new ArrayList<>();
    private long count;

    Line(String first) {
      this.first = first;
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
      line = new Line(text(first));
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

  /**
   * Checks that there were no problems.
   *
   * @throws DataException with one line for each kind of problem in each source
   */
  static void requireNone(List<ProblemReport> reports) {
    List<String> lines = new ArrayList<>();
    long more = 0;
    for (ProblemReport report : reports) {
      report.lines.values().forEach(line -> lines.add(line.text()));
      more += report.others;
    }
    if (lines.isEmpty()) {
      return;
    }
    String text = String.join("\n", lines);
    throw new DataException(more > 0 ? text + "\nand " + more + " more" : text);
  }
}
