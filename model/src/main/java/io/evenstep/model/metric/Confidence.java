package io.evenstep.model.metric;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How much the probability of the most probable class differs from the share of rows that are of
 * it: the expected calibration error, in 15 bins of equal width (Guo and others, 2017, "On
 * Calibration of Modern Neural Networks").
 */
final class Confidence {
  private static final int BINS = 15;

  private final long[] right = new long[BINS];
  private final ExactSum[] sums = new ExactSum[BINS];

  Confidence() {
    for (int i = 0; i < BINS; i++) {
      sums[i] = new ExactSum();
    }
  }

  void add(double probability, boolean isRight) {
    int bin = Math.max(0, Math.min(BINS - 1, (int) (probability * BINS)));
    right[bin] += isRight ? 1 : 0;
    sums[bin].add(probability);
  }

  void add(Confidence other) {
    Counts.add(right, other.right);
    for (int i = 0; i < BINS; i++) {
      sums[i].add(other.sums[i]);
    }
  }

  /**
   * The error, 0 to 1.
   *
   * @param rows how many there are, at least 1
   */
  double error(long rows) {
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      error += Math.abs(sums[i].value() - right[i]) / rows;
    }
    return error;
  }

  void write(DataOutputStream out) throws IOException {
    Counts.write(out, right);
    for (ExactSum sum : sums) {
      sum.write(out);
    }
  }

  static Confidence read(DataInputStream in) throws IOException {
    Confidence read = new Confidence();
    Counts.read(in, read.right);
    for (int i = 0; i < BINS; i++) {
      read.sums[i] = ExactSum.read(in);
    }
    return read;
  }
}
