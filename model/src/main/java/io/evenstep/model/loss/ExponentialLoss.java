package io.evenstep.model.loss;

/** {@code exp(-m)}, the loss of AdaBoost (Freund and Schapire 1997). */
public final class ExponentialLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    return StrictMath.exp(-margin);
  }

  @Override
  double slope(double margin) {
    return -StrictMath.exp(-margin);
  }
}
