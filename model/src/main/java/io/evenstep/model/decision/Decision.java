package io.evenstep.model.decision;

import java.io.Serializable;

/**
 * How the probabilities of one output become a predicted class. It is learned after training and
 * kept with the model.
 *
 * @param temperature divides the logarithms of the probabilities, above 0; above 1 makes the
 *     network less sure (Guo and others, 2017, "On Calibration of Modern Neural Networks")
 * @param threshold least probability of the second of two classes at which it is predicted, 0 to 1;
 *     with more classes the most probable one is predicted
 */
public record Decision(double temperature, double threshold) implements Serializable {
  private static final double HALF = 0.5;

  /** Leaves probabilities as they are and predicts the most probable class. */
  public static final Decision USUAL = new Decision(1, HALF);

  /** Checks the ranges. */
  public Decision {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "Invalid temperature: must be a finite number above 0, got " + temperature);
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "Invalid threshold: must be from 0 to 1, got " + threshold);
    }
  }

  /** The same, with another threshold. */
  public Decision withThreshold(double other) {
    return new Decision(temperature, other);
  }

  /**
   * The calibrated probabilities.
   *
   * @param given by class, with a sum of 1; not changed
   * @return {@code given} itself at temperature 1
   */
  public double[] calibrated(double[] given) {
    if (temperature == 1) {
      return given;
    }
    double largest = 0;
    for (double each : given) {
      largest = Math.max(largest, each);
    }
    double[] scaled = new double[given.length];
    double sum = 0;
    for (int i = 0; i < given.length; i++) {
      double share = Math.max(0, given[i]) / largest;
      scaled[i] = StrictMath.pow(share, 1 / temperature);
      sum += scaled[i];
    }
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] /= sum;
    }
    return scaled;
  }

  /**
   * The index of the predicted class; of equally probable ones, the first.
   *
   * @param probabilities by class, calibrated
   */
  public int classOf(double[] probabilities) {
    if (probabilities.length == 2 && threshold != HALF) {
      return probabilities[1] >= threshold ? 1 : 0;
    }
    int largest = 0;
    for (int i = 1; i < probabilities.length; i++) {
      largest = probabilities[i] > probabilities[largest] ? i : largest;
    }
    return largest;
  }
}
