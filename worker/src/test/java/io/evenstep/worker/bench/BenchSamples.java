package io.evenstep.worker.bench;

import java.util.Arrays;

/** Times of single steps. The median and the low end say more than the mean. */
final class BenchSamples {
  private final double[] millis;
  private int count;

  BenchSamples(int capacity) {
    millis = new double[capacity];
  }

  void add(double milliseconds) {
    millis[count++] = milliseconds;
  }

  double median() {
    return percentile(50);
  }

  /** By nearest rank: 0 is the minimum, 100 the maximum; 0 ms without samples. */
  double percentile(int percent) {
    if (count == 0) {
      return 0;
    }
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.round((count - 1) * percent / 100.0)];
  }
}
