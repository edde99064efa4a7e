package io.evenstep.driver.data;

import io.evenstep.driver.data.Splitter.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the first pass found in one partition; its size does not grow with the rows. */
final class PartitionScan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Problems that are kept word by word. */
  static final int MOST_PROBLEMS = 10;

  /** Categories or classes a column may have. */
  static final int MOST_CATEGORIES = 100_000;

  final int partition;
  final Map<String, Long> rowsPerFile = new LinkedHashMap<>();
  final long[] rows = new long[Split.values().length];
  final List<RowProblem> problems = new ArrayList<>();
  final List<@Nullable ColumnStats> stats = new ArrayList<>(); // [features]
  final List<TreeSet<String>> categories = new ArrayList<>(); // [features]
  final List<TreeSet<String>> trainClasses = new ArrayList<>(); // [labels]
  final List<TreeMap<String, RowProblem>> otherClasses = new ArrayList<>(); // [labels], where seen
  long problemCount;
  long dropped;

  PartitionScan(int partition, RowLayout layout) {
    this.partition = partition;
    for (Feature feature : layout.features()) {
      stats.add(feature.needsStatistics() ? new ColumnStats(feature.groups()) : null);
      categories.add(new TreeSet<>());
    }
    for (int i = 0; i < layout.labels().size(); i++) {
      trainClasses.add(new TreeSet<>());
      otherClasses.add(new TreeMap<>());
    }
  }

  void addProblem(RowProblem problem) {
    problemCount++;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }
}
