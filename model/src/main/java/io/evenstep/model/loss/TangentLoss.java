package io.evenstep.model.loss;

/**
 * {@code (2 atan(m) - 1)^2}: also punishes margins that are too large (Masnadi-Shirazi and others
 * 2010).
 */
public final class TangentLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    double distance = 2 * StrictMath.atan(margin) - 1;
    return distance * distance;
  }

  @Override
  double slope(double margin) {
    return 4 * (2 * StrictMath.atan(margin) - 1) / (1 + margin * margin);
  }
}
