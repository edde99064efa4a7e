package io.evenstep.driver.data.scan;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Count, mean, variance and range of each group of a column's numbers; groups have equal lengths.
 * Sums are relative to the first number, so that a large offset does not cancel the variance.
 */
final class ColumnStats implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] count;
  private final double[] origin;
  private final double[] sum;
  private final double[] squares;
  private final double[] least;
  private final double[] most;

  ColumnStats(int groups) {
    count = new long[groups];
    origin = new double[groups];
    sum = new double[groups];
    squares = new double[groups];
    least = new double[groups];
    most = new double[groups];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
  }

  /** Adds the numbers of one value: {@code length} numbers from index {@code at}. */
  void add(double[] numbers, int at, int length) {
    int run = length / count.length;
    for (int group = 0; group < count.length; group++) {
      add(numbers, at + group * run, run, group);
    }
  }

  private void add(double[] numbers, int at, int run, int group) {
    if (count[group] == 0) {
      origin[group] = numbers[at];
    }
    double about = origin[group];
    double s = 0;
    double q = 0;
    double low = least[group];
    double high = most[group];
    for (int i = at; i < at + run; i++) {
      double d = numbers[i] - about;
      s += d;
      q += d * d;
      low = Math.min(low, numbers[i]);
      high = Math.max(high, numbers[i]);
    }
    count[group] += run;
    sum[group] += s;
    squares[group] += q;
    least[group] = low;
    most[group] = high;
  }

  /** Adds the statistics of later rows. */
  void merge(ColumnStats later) {
    for (int g = 0; g < count.length; g++) {
      if (count[g] == 0) {
        origin[g] = later.origin[g];
      }
      double shift = later.origin[g] - origin[g];
      double n = later.count[g];
      squares[g] += later.squares[g] + 2 * shift * later.sum[g] + n * shift * shift;
      sum[g] += later.sum[g] + n * shift;
      count[g] += later.count[g];
      least[g] = Math.min(least[g], later.least[g]);
      most[g] = Math.max(most[g], later.most[g]);
    }
  }

  double mean(int group) {
    return count[group] == 0 ? 0 : origin[group] + sum[group] / count[group];
  }

  /** The standard deviation of all numbers seen, dividing by their count. */
  double deviation(int group) {
    if (count[group] == 0) {
      return 0;
    }
    double mean = sum[group] / count[group];
    return Math.sqrt(Math.max(0, squares[group] / count[group] - mean * mean));
  }

  double least(int group) {
    return count[group] == 0 ? 0 : least[group];
  }

  double most(int group) {
    return count[group] == 0 ? 0 : most[group];
  }
}
