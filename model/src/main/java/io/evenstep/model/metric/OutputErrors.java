package io.evenstep.model.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** The errors of one output over all rows. */
final class OutputErrors {
  private final ExactSum squared;
  private final ExactSum absolute;
  private final ExactSum labels;
  private final ExactSum squaredLabels;
  private final ExactSum relative;
  private long zeros; // labels of 0, to which no error is relative

  OutputErrors() {
    this(new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum(), new ExactSum());
  }

  private OutputErrors(
      ExactSum squared,
      ExactSum absolute,
      ExactSum labels,
      ExactSum squaredLabels,
      ExactSum relative) {
    this.squared = squared;
    this.absolute = absolute;
    this.labels = labels;
    this.squaredLabels = squaredLabels;
    this.relative = relative;
  }

  /**
   * Takes in one row.
   *
   * @param zero largest magnitude of a label that counts as 0
   */
  void add(double label, double prediction, double zero) {
    double error = prediction - label;
    squared.add(error * error);
    absolute.add(Math.abs(error));
    labels.add(label);
    squaredLabels.add(label * label); // of a float, so exact
    double share = Math.abs(error / label);
    if (Math.abs(label) <= zero || !Double.isFinite(share)) {
      zeros++;
    } else {
      relative.add(share);
    }
  }

  void add(OutputErrors other) {
    squared.add(other.squared);
    absolute.add(other.absolute);
    labels.add(other.labels);
    squaredLabels.add(other.squaredLabels);
    relative.add(other.relative);
    zeros += other.zeros;
  }

  double meanSquared(long rows) {
    return squared.value() / rows;
  }

  double meanAbsolute(long rows) {
    return absolute.value() / rows;
  }

  /** The mean error as a share of the label; empty when a label is 0. */
  OptionalDouble meanRelative(long rows) {
    return zeros == 0 ? OptionalDouble.of(relative.value() / rows) : OptionalDouble.empty();
  }

  /** R2, the share of the labels' variance that is explained; empty when they do not vary. */
  OptionalDouble explained(long rows) {
    BigDecimal count = BigDecimal.valueOf(rows);
    BigDecimal sum = labels.exact();
    // rows times the sum of squares about the mean; exact, because doubles lose it when the mean is
    // large
    double spread = squaredLabels.exact().multiply(count).subtract(sum.multiply(sum)).doubleValue();
    double errors = squared.exact().multiply(count, MathContext.DECIMAL128).doubleValue();
    return spread > 0 ? OptionalDouble.of(1 - errors / spread) : OptionalDouble.empty();
  }

  void write(DataOutput out) throws IOException {
    squared.write(out);
    absolute.write(out);
    labels.write(out);
    squaredLabels.write(out);
    relative.write(out);
    out.writeLong(zeros);
  }

  static OutputErrors read(DataInput in) throws IOException {
    OutputErrors errors =
        new OutputErrors(
            ExactSum.read(in),
            ExactSum.read(in),
            ExactSum.read(in),
            ExactSum.read(in),
            ExactSum.read(in));
    errors.zeros = in.readLong();
    return errors;
  }
}
