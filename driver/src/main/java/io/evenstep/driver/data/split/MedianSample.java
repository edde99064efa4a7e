package io.evenstep.driver.data.split;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The median of a column: exact for up to 8,192 values, else that of a sample of 8,192 values. The
 * sample has the values with the smallest keys, so it does not depend on the order of rows.
 */
public final class MedianSample implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 8_192;

  private final TreeMap<Long, Double> kept = new TreeMap<>();

  /**
   * Adds a value.
   *
   * @param key a hash of its row
   */
  public void add(long key, double value) {
    if (kept.size() < MOST || key < kept.lastKey()) {
      kept.put(key, value);
      if (kept.size() > MOST) {
        kept.pollLastEntry();
      }
    }
  }

  public void add(MedianSample other) {
    for (Map.Entry<Long, Double> entry : other.kept.entrySet()) {
      add(entry.getKey(), entry.getValue());
    }
  }

  /** The median; 0 without values. */
  public double median() {
    double[] values = sorted();
    int half = values.length / 2;
    if (values.length == 0) {
      return 0;
    }
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  /** The sorted values. */
  public double[] sorted() {
    return kept.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
