package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.measure.TermCounts;
import io.evenstep.driver.data.split.MedianSample;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/** The results of the first pass for all partitions of all sources, merged in order. */
public final class ScanTotals {
  private static final int EXAMPLES = 3; // maximum number shown per column
  private static final String UNSEEN_CLASS = " is a class that no training row has";
  private static final String UNSEEN_CATEGORY =
      " is a category that no training row has; set data.unseen: ignore to accept it in a one-hot"
          + " column";

  private final RowLayout layout;
  private final long[] rows = new long[Split.values().length];
  private final List<ProblemReport> reports = new ArrayList<>(); // one per source
  private final List<@Nullable ColumnStats> stats;
  private final List<@Nullable MedianSample> medians;
  private final List<@Nullable TermCounts> terms;
  private final List<ColumnStats> labelStats;
  private final List<TreeSet<String>> categories;
  private final List<TreeMap<String, Long>> trainClasses; // with their row counts
  private final List<TreeMap<String, String>> otherClasses =
      new ArrayList<>(); // class -> where it was first seen
  private final List<TreeMap<String, String>> otherCategories = new ArrayList<>();
  private final long[] missing; // [features]
  private long dropped;

  public ScanTotals(RowLayout layout) {
    this.layout = layout;
    PartitionScan empty = new PartitionScan(layout);
    stats = empty.stats;
    medians = empty.medians;
    terms = empty.terms;
    labelStats = empty.labelStats;
    missing = empty.missing;
    categories = empty.categories;
    trainClasses = empty.trainClasses;
    layout.features().forEach(feature -> otherCategories.add(new TreeMap<>()));
    layout.labels().forEach(label -> otherClasses.add(new TreeMap<>()));
  }

  /** Runs the first pass over one source. */
  public void scan(SourceTable table, Splitter splitter) {
    RowLayout shipped = layout;
    boolean rowIsFile = table.rowIsFile();
    LongAccumulator count = RowsWatch.counter(table.parts(), "Checking");
    ProblemReport report = new ProblemReport(table, splitter.use().skipsBad());
    reports.add(report);
    table.eachPart(
        (partition, some) -> {
          RowWalk walk =
              new RowWalk(
                  rowIsFile,
                  index -> {
                    count.add(1);
                    return splitter.takes(splitter.row(partition, index));
                  });
          return new PartitionScanner(partition, shipped, splitter, walk).scan(some);
        },
        scan -> add(scan, report));
  }

  private void add(PartitionScan scan, ProblemReport report) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += scan.rows[i];
    }
    dropped += scan.dropped;
    for (int i = 0; i < layout.features().size(); i++) {
      missing[i] += scan.missing[i];
      ColumnStats mine = stats.get(i);
      ColumnStats theirs = scan.stats.get(i);
      if (mine != null && theirs != null) {
        mine.merge(theirs);
      }
      MedianSample median = medians.get(i);
      MedianSample drawn = scan.medians.get(i);
      if (median != null && drawn != null) {
        median.add(drawn);
      }
      TermCounts counts = terms.get(i);
      TermCounts more = scan.terms.get(i);
      if (counts != null && more != null) {
        counts.add(more);
      }
      categories.get(i).addAll(scan.categories.get(i));
      merge(scan.otherCategories.get(i), report, otherCategories.get(i));
    }
    for (int i = 0; i < layout.labels().size(); i++) {
      TreeMap<String, Long> classes = trainClasses.get(i);
      scan.trainClasses.get(i).forEach((name, count) -> classes.merge(name, count, Long::sum));
      labelStats.get(i).merge(scan.labelStats.get(i));
      merge(scan.otherClasses.get(i), report, otherClasses.get(i));
    }
    report.add(scan.problems); // last, because it advances past the partition's rows
  }

  private static void merge(
      Map<String, RowProblem> seen, ProblemReport report, Map<String, String> into) {
    seen.forEach((name, where) -> into.computeIfAbsent(name, n -> report.text(where)));
  }

  /**
   * Checks that the rows can be used for training.
   *
   * @throws DataException listing the first problems, one per line
   */
  public void requireUsable() {
    ProblemReport.requireNone(reports);
    if (rows(Split.TRAIN) == 0) {
      throw new DataException(
          "Cannot train: there must be at least 1 training row, got 0 of "
              + rows()
              + " rows, "
              + dropped
              + " more skipped for missing values"
              + ProblemReport.after(reports));
    }
    for (int i = 0; i < layout.features().size(); i++) {
      requireSeen(otherCategories.get(i), categories.get(i), UNSEEN_CATEGORY);
    }
    for (int i = 0; i < layout.labels().size(); i++) {
      if (layout.labels().get(i).classes().isEmpty()) {
        requireSeen(otherClasses.get(i), trainClasses.get(i).keySet(), UNSEEN_CLASS);
      }
    }
  }

  /** One line per column: the first occurrence, and the number of others. */
  private static void requireSeen(Map<String, String> others, Set<String> known, String rule) {
    List<String> unseen = others.keySet().stream().filter(it -> !known.contains(it)).toList();
    if (unseen.isEmpty()) {
      return;
    }
    String first = others.get(unseen.get(0)) + rule;
    int shown = Math.min(unseen.size(), EXAMPLES);
    String more =
        unseen.size() == 1
            ? ""
            : "; "
                + (unseen.size() - 1)
                + " more like it: "
                + String.join(", ", unseen.subList(1, shown));
    boolean numbers =
        rule.equals(UNSEEN_CLASS)
            && Stream.concat(known.stream(), unseen.stream()).allMatch(NameOrder::isNumber);
    throw new DataException(
        first + more + (numbers ? "; to predict a number, set data.task to regression" : ""));
  }

  /** One line for each kind of rows that were skipped because they cannot be used. */
  public List<String> skipped() {
    return reports.stream().flatMap(report -> report.skipped().stream()).toList();
  }

  public long rows() {
    return rows[0] + rows[1] + rows[2];
  }

  public long rows(Split split) {
    return rows[split.ordinal()];
  }

  public long dropped() {
    return dropped;
  }

  /** Rows without a value, by column; columns that have one in each row are left out. */
  public SortedMap<String, Long> missing() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < missing.length; i++) {
      if (missing[i] > 0) {
        counts.put(layout.features().get(i).column(), missing[i]);
      }
    }
    return counts;
  }

  /** Statistics of a feature. */
  ColumnStats stats(int feature) {
    ColumnStats found = stats.get(feature);
    if (found == null) {
      throw new IllegalArgumentException("No statistics were taken of feature " + feature);
    }
    return found;
  }

  /** The median of a feature's training rows. */
  double median(int feature) {
    MedianSample found = medians.get(feature);
    if (found == null) {
      throw new IllegalArgumentException("No median was taken of feature " + feature);
    }
    return found.median();
  }

  /** Values of a feature's training rows, sorted; a sample if there are many. */
  double[] sample(int feature) {
    MedianSample found = medians.get(feature);
    return found == null ? new double[0] : found.sorted();
  }

  /** The terms of a text. */
  TermCounts terms(int feature) {
    TermCounts found = terms.get(feature);
    return found == null ? TermCounts.of(layout.features().get(feature).kind()) : found;
  }

  /** Statistics of a numeric label. */
  ColumnStats labelStats(int label) {
    return labelStats.get(label);
  }

  TreeSet<String> categories(int feature) {
    return categories.get(feature);
  }

  /** The classes of a label, sorted, with their numbers of training rows. */
  public SortedMap<String, Long> classes(int label) {
    return trainClasses.get(label);
  }

  /** Training rows of each class of the first label; empty if the data have no labels. */
  public List<Long> rowsOf(List<String> classes) {
    return layout.labels().isEmpty()
        ? List.of()
        : classes.stream().map(name -> classes(0).getOrDefault(name, 0L)).toList();
  }
}
