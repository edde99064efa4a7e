package io.evenstep.model.engine.step.loss;

/** Losses that take ratios or logarithms of single outputs. */
final class RatioLosses {
  private static final double SMALLEST = 1e-5; // ND4J's EPS_THRESHOLD

  private RatioLosses() {}

  /** Squared difference of logarithms of numbers plus 1. */
  static final class Logarithms extends ElementLoss {
    Logarithms() {
      super(true);
    }

    @Override
    double term(double output, double label) {
      double distance = StrictMath.log((output + 1) / (label + 1));
      return distance * distance;
    }

    @Override
    double derivative(double output, double label) {
      return 2 / (output + 1) * StrictMath.log((output + 1) / (label + 1));
    }
  }

  /** Absolute difference in percent of the label. */
  static final class Percent extends ElementLoss {
    Percent() {
      super(true);
    }

    @Override
    double term(double output, double label) {
      return 100 * Math.abs((label - output) / label);
    }

    @Override
    double derivative(double output, double label) {
      return -100 * Math.signum(label - output) / Math.abs(label);
    }
  }

  /** Poisson loss of a count, without the terms that do not depend on the output. */
  static final class Poisson extends ElementLoss {
    Poisson() {
      super(false);
    }

    @Override
    double term(double output, double label) {
      return output - label * StrictMath.log(output);
    }

    @Override
    double derivative(double output, double label) {
      return 1 - label / output;
    }
  }

  /** Kullback-Leibler divergence of two distributions, both clipped to [1e-5, 1] in the loss. */
  static final class Divergence extends ElementLoss {
    Divergence() {
      super(false);
    }

    @Override
    double term(double output, double label) {
      double p = held(label);
      return p * StrictMath.log(p / held(output));
    }

    @Override
    double derivative(double output, double label) {
      return -label / output;
    }

    private static double held(double p) {
      return Math.min(Math.max(p, SMALLEST), 1);
    }
  }

  /** A critic's score times the label. */
  static final class Wasserstein extends ElementLoss {
    Wasserstein() {
      super(true);
    }

    @Override
    double term(double output, double label) {
      return output * label;
    }

    @Override
    double derivative(double output, double label) {
      return label;
    }
  }
}
