package io.evenstep.driver.profile;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of values, while there are only a few distinct ones. */
final class ValueCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int most;
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private boolean full;

  /**
   * Empty counts.
   *
   * @param most maximum number of distinct values; with more, all counts are dropped
   */
  ValueCounts(int most) {
    this.most = most;
  }

  void add(String value, long times) {
    if (full) {
      return;
    }
    counts.merge(value, times, Long::sum);
    if (counts.size() > most) {
      full = true;
      counts.clear();
    }
  }

  void add(ValueCounts other) {
    if (other.full) {
      full = true;
      counts.clear();
    }
    other.counts.forEach(this::add);
  }

  /** Whether there were too many distinct values to count. */
  boolean isFull() {
    return full;
  }

  /** Values with their counts, most frequent first; empty when there were too many. */
  List<Map.Entry<String, Long>> byCount() {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .toList();
  }
}
