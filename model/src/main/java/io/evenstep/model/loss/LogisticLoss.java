package io.evenstep.model.loss;

/** {@code log(1 + exp(-m))}: logistic regression, written for a margin. */
public final class LogisticLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    return Math.max(0, -margin) + StrictMath.log1p(StrictMath.exp(-Math.abs(margin)));
  }

  @Override
  double slope(double margin) {
    return -1 / (1 + StrictMath.exp(margin));
  }
}
