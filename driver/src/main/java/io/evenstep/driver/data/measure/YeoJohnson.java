package io.evenstep.driver.data.measure;

import io.evenstep.model.data.column.Transform;

/**
 * Finds the parameter of a power transform by maximum likelihood (Yeo and Johnson, "A new family of
 * power transformations to improve normality or symmetry", 2000).
 */
final class YeoJohnson {
  private static final double LEAST = -5;
  private static final double MOST = 5;
  private static final int STEPS = 60;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private YeoJohnson() {}

  /** The best lambda from -5 to 5 by golden section search; 1, no change, for constant values. */
  static double lambda(double[] values) {
    if (values.length < 2 || values[0] == values[values.length - 1]) {
      return 1;
    }
    double slope = 0;
    for (double value : values) {
      slope += Math.copySign(StrictMath.log1p(Math.abs(value)), value);
    }
    double from = LEAST;
    double to = MOST;
    for (int i = 0; i < STEPS; i++) {
      double width = (to - from) * GOLDEN;
      double below = likelihood(values, slope, to - width);
      if (below < likelihood(values, slope, from + width)) {
        from = to - width;
      } else {
        to = from + width;
      }
    }
    return (from + to) / 2;
  }

  /**
   * The logarithm of the likelihood, without what does not depend on lambda.
   *
   * @param slope sum of sign(x) ln(1 + |x|) over the values
   */
  private static double likelihood(double[] values, double slope, double lambda) {
    double sum = 0;
    double[] powers = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      powers[i] = Transform.power(values[i], lambda);
      sum += powers[i];
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double power : powers) {
      squares += (power - mean) * (power - mean);
    }
    double variance = squares / values.length;
    boolean usable = variance > 0 && Double.isFinite(variance);
    return usable
        ? -values.length / 2.0 * StrictMath.log(variance) + (lambda - 1) * slope
        : Double.NEGATIVE_INFINITY;
  }
}
