package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.DataSpec.Normalization;

/**
 * How a column's numbers are scaled: {@code (x - shift) * scale}.
 *
 * @param scale 1 for a constant column
 */
record ColumnScale(double shift, double scale) {
  /** The scale of one group of a column's numbers, from the training rows. */
  static ColumnScale of(Normalization normalize, ColumnStats stats, int group) {
    double width = width(normalize, stats, group);
    return new ColumnScale(shift(normalize, stats, group), width > 0 ? 1 / width : 1);
  }

  private static double shift(Normalization normalize, ColumnStats stats, int group) {
    return switch (normalize) {
      case NONE, SCALE -> 0;
      case STANDARD, ROBUST, QUANTILE -> stats.mean(group);
      case MIN_MAX -> stats.least(group);
    };
  }

  private static double width(Normalization normalize, ColumnStats stats, int group) {
    return switch (normalize) {
      case NONE -> 1;
      case SCALE -> Math.max(Math.abs(stats.least(group)), Math.abs(stats.most(group)));
      case STANDARD, ROBUST, QUANTILE -> stats.deviation(group);
      case MIN_MAX -> stats.most(group) - stats.least(group);
    };
  }

  double of(double number) {
    return (number - shift) * scale;
  }
}
