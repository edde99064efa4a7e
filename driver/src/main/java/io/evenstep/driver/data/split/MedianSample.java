package io.evenstep.driver.data.split;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The median of a column: exact for up to 8,192 values, and that of as many drawn values beyond.
 * The values whose keys are least are kept, so the same rows give the same median in any order.
 */
public final class MedianSample implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 8_192;

  private final TreeMap<Long, Double> kept = new TreeMap<>();

  /**
   * Takes in a value.
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

  /** 0 where there is no value. */
  public double median() {
    double[] values = sorted();
    int half = values.length / 2;
    if (values.length == 0) {
      return 0;
    }
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }

  /** The values in order. */
  public double[] sorted() {
    return kept.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
