package io.evenstep.driver.data;

import io.evenstep.driver.data.Splitter.Split;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the first pass found in all partitions of all sources, added up in their order. */
final class ScanTotals {
  private final RowLayout layout;
  private final long[] rows = new long[Split.values().length];
  private final List<String> problems = new ArrayList<>();
  private final List<@Nullable ColumnStats> stats;
  private final List<TreeSet<String>> categories;
  private final List<TreeSet<String>> trainClasses;
  private final List<TreeMap<String, String>> otherClasses = new ArrayList<>(); // [class -> where]
  private long problemCount;
  private long dropped;

  ScanTotals(RowLayout layout) {
    this.layout = layout;
    PartitionScan empty = new PartitionScan(0, layout);
    stats = empty.stats;
    categories = empty.categories;
    trainClasses = empty.trainClasses;
    layout.labels().forEach(label -> otherClasses.add(new TreeMap<>()));
  }

  /** Runs the first pass over one source. */
  void scan(SourceTable table, Splitter splitter) {
    RowLayout shipped = layout;
    boolean rowIsFile = table.rowIsFile();
    Map<String, Long> rowsBefore = new HashMap<>(); // [of each file, in earlier partitions]
    OrderedJob.run(
        table
            .rows()
            .toJavaRDD()
            .mapPartitionsWithIndex(
                (partition, some) ->
                    List.of(
                            new PartitionScanner(partition, shipped, splitter, rowIsFile)
                                .scan(some))
                        .iterator(),
                true),
        scan -> add(scan, table, rowsBefore));
  }

  private void add(PartitionScan scan, SourceTable table, Map<String, Long> rowsBefore) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += scan.rows[i];
    }
    dropped += scan.dropped;
    problemCount += scan.problemCount;
    for (RowProblem problem : scan.problems) {
      if (problems.size() < PartitionScan.MOST_PROBLEMS) {
        problems.add(text(problem, table, rowsBefore));
      }
    }
    for (int i = 0; i < layout.features().size(); i++) {
      ColumnStats mine = stats.get(i);
      ColumnStats theirs = scan.stats.get(i);
      if (mine != null && theirs != null) {
        mine.merge(theirs);
      }
      categories.get(i).addAll(scan.categories.get(i));
    }
    for (int i = 0; i < layout.labels().size(); i++) {
      trainClasses.get(i).addAll(scan.trainClasses.get(i));
      Map<String, String> others = otherClasses.get(i);
      scan.otherClasses
          .get(i)
          .forEach(
              (name, where) -> others.computeIfAbsent(name, n -> text(where, table, rowsBefore)));
    }
    scan.rowsPerFile.forEach((file, count) -> rowsBefore.merge(file, count, Long::sum));
  }

  private static String text(RowProblem problem, SourceTable table, Map<String, Long> rowsBefore) {
    return problem.text(table, rowsBefore.getOrDefault(problem.file(), 0L));
  }

  /**
   * Checks that the rows can be trained on.
   *
   * @throws DataException with the first problems found, one a line
   */
  void requireUsable() {
    if (problemCount > 0) {
      long more = problemCount - problems.size();
      String lines = String.join("\n", problems);
      throw new DataException(more > 0 ? lines + "\nand " + more + " problems more" : lines);
    }
    if (rows(Split.TRAIN) == 0) {
      throw new DataException(
          "Cannot train: there must be at least 1 training row, got 0 of "
              + rows()
              + " rows, "
              + dropped
              + " more left out for missing values");
    }
    if (layout.classes().isEmpty()) {
      for (int i = 0; i < layout.labels().size(); i++) {
        requireSeen(i);
      }
    }
  }

  private void requireSeen(int label) {
    List<String> unseen = new ArrayList<>();
    otherClasses
        .get(label)
        .forEach(
            (name, where) -> {
              if (!trainClasses.get(label).contains(name)
                  && unseen.size() < PartitionScan.MOST_PROBLEMS) {
                unseen.add(where + " is a class that no training row has");
              }
            });
    if (!unseen.isEmpty()) {
      throw new DataException(String.join("\n", unseen));
    }
  }

  long rows() {
    return rows[0] + rows[1] + rows[2];
  }

  long rows(Split split) {
    return rows[split.ordinal()];
  }

  long dropped() {
    return dropped;
  }

  /** Statistics of a feature that needs them. */
  ColumnStats stats(int feature) {
    ColumnStats found = stats.get(feature);
    if (found == null) {
      throw new IllegalArgumentException("No statistics were taken of feature " + feature);
    }
    return found;
  }

  TreeSet<String> categories(int feature) {
    return categories.get(feature);
  }

  TreeSet<String> classes(int label) {
    return trainClasses.get(label);
  }
}
