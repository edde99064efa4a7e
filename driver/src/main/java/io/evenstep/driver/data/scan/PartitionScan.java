package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.measure.TermCounts;
import io.evenstep.driver.data.split.MedianSample;
import io.evenstep.driver.data.split.Splitter.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The result of the first pass for one partition. Its size does not grow with the rows. */
final class PartitionScan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Maximum number of categories or classes in a column. */
  static final int MOST_CATEGORIES = 100_000;

  final long[] rows = new long[Split.values().length];
  final List<@Nullable ColumnStats> stats = new ArrayList<>(); // one per feature
  final List<@Nullable MedianSample> medians = new ArrayList<>(); // one per feature
  final List<@Nullable TermCounts> terms = new ArrayList<>(); // one per feature
  final List<TreeSet<String>> categories = new ArrayList<>(); // one per feature, of training rows
  final List<TreeMap<String, RowProblem>> otherCategories = new ArrayList<>(); // one per feature
  // One per label:
  final List<TreeMap<String, Long>> trainClasses = new ArrayList<>(); // with their row counts
  final List<TreeMap<String, RowProblem>> otherClasses = new ArrayList<>(); // and the first row
  final List<ColumnStats> labelStats = new ArrayList<>(); // numeric labels only
  PartitionProblems problems = new PartitionProblems();
  final long[] missing; // one per feature, rows without a value, those left out included
  long dropped;

  PartitionScan(RowLayout layout) {
    missing = new long[layout.features().size()];
    for (Feature feature : layout.features()) {
      stats.add(feature.isMeasured() ? new ColumnStats(feature.groups()) : null);
      medians.add(feature.needsMedian() || feature.isFitted() ? new MedianSample() : null);
      terms.add(feature.isText() ? TermCounts.of(feature.kind()) : null);
      categories.add(new TreeSet<>());
      otherCategories.add(new TreeMap<>());
    }
    for (int i = 0; i < layout.labels().size(); i++) {
      trainClasses.add(new TreeMap<>());
      otherClasses.add(new TreeMap<>());
      labelStats.add(new ColumnStats(1));
    }
  }
}
