package io.evenstep.driver.profile;

import java.io.Serializable;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether each of a column's few values occurs with only one label. */
final class LabelLink implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 200;
  private static final double NEARLY_ONE = 0.99999;
  private static final int LEAST_ROWS_A_VALUE = 5;
  private static final int LEAST_ROWS = 10;

  /** Means more than one label. No label starts and ends with a line end. */
  private static final String SEVERAL = "\nseveral\n";

  private final TreeMap<String, String> labels = new TreeMap<>(); // value -> its only label
  private final Correlation line = new Correlation();
  private boolean open = true;
  private long rows;

  void add(String value, String label, @Nullable Double number, @Nullable Double labelNumber) {
    rows++;
    put(value, label);
    if (number != null && labelNumber != null) {
      line.add(number, labelNumber);
    }
  }

  private void put(String value, String label) {
    if (open) {
      labels.merge(value, label, (a, b) -> a.equals(b) ? a : SEVERAL);
      if (labels.size() > MOST) {
        open = false;
        labels.clear();
      }
    }
  }

  void add(LabelLink other) {
    rows += other.rows;
    if (!other.open) {
      open = false;
      labels.clear();
    }
    other.labels.forEach(this::put);
    line.add(other.line);
  }

  /** Whether the column reveals the label. */
  boolean tellsLabel() {
    return isLine() || isRenaming();
  }

  private boolean isLine() {
    return line.count() >= LEAST_ROWS && Math.abs(line.value()) > NEARLY_ONE;
  }

  private boolean isRenaming() {
    long different = labels.values().stream().distinct().count();
    return open
        && different > 1
        && !labels.containsValue(SEVERAL)
        && labels.size() <= 2 * different
        && rows >= (long) LEAST_ROWS_A_VALUE * labels.size();
  }
}
