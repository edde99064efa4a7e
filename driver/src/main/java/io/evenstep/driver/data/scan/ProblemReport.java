package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the problems of all partitions, in their order, and turns them into one message. */
final class ProblemReport {
  private final List<String> first = new ArrayList<>();
  private final Map<String, Long> rowsBefore = new HashMap<>(); // [of each file, so far]
  private final SourceTable table;
  private long count;

  ProblemReport(SourceTable table) {
    this.table = table;
  }

  /** Adds the next partition's. */
  void add(PartitionProblems problems) {
    count += problems.count();
    for (RowProblem problem : problems.first()) {
      if (first.size() < PartitionProblems.MOST) {
        first.add(text(problem));
      }
    }
    problems.rowsPerFile().forEach((file, rows) -> rowsBefore.merge(file, rows, Long::sum));
  }

  /** A problem of the partition that is to be added next, in words. */
  String text(RowProblem problem) {
    return problem.text(table, rowsBefore.getOrDefault(problem.file(), 0L));
  }

  /**
   * Checks that there were no problems.
   *
   * @throws DataException with the first ones of all sources, one a line
   */
  static void requireNone(List<ProblemReport> reports) {
    long count = reports.stream().mapToLong(report -> report.count).sum();
    if (count == 0) {
      return;
    }
    List<String> lines =
        reports.stream()
            .flatMap(report -> report.first.stream())
            .limit(PartitionProblems.MOST)
            .toList();
    String text = String.join("\n", lines);
    long more = count - lines.size();
    throw new DataException(more > 0 ? text + "\nand " + more + " more" : text);
  }
}
