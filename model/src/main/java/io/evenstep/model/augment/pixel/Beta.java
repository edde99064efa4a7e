package io.evenstep.model.augment.pixel;

import io.evenstep.model.SplitMix64;

/** The beta distribution with two equal parameters. Mixing weights are drawn from it. */
public final class Beta {
  private Beta() {}

  /**
   * Draws from Beta(alpha, alpha), from 0 to 1: the share of one of two gamma-distributed numbers
   * in their sum. Computed from their logarithms, because for a small alpha both may be too small
   * for a double.
   *
   * @param alpha above 0
   */
  public static double symmetric(double alpha, SplitMix64 random) {
    double one = logGamma(alpha, random);
    double other = logGamma(alpha, random);
    return 1 / (1 + StrictMath.exp(other - one));
  }

  /**
   * The logarithm of a draw from Gamma(shape, 1). Marsaglia and Tsang, "A simple method for
   * generating gamma variables", 2000; a shape below 1 is raised above 1 as they describe.
   */
  private static double logGamma(double shape, SplitMix64 random) {
    if (shape < 1) {
      return logGamma(shape + 1, random) + StrictMath.log(positive(random)) / shape;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.gaussian();
      double root = 1 + c * normal;
      if (root <= 0) {
        continue;
      }
      double cube = root * root * root;
      double logCube = StrictMath.log(cube);
      double logUniform = StrictMath.log(positive(random));
      if (logUniform < normal * normal / 2 + d - d * cube + d * logCube) {
        return StrictMath.log(d) + logCube;
      }
    }
  }

  private static double positive(SplitMix64 random) {
    return 1 - random.uniform();
  }
}
