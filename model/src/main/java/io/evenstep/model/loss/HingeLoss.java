package io.evenstep.model.loss;

/**
 * {@code max(0, 1 - m)}: with an L2 penalty, a linear support vector machine (Cortes and Vapnik
 * 1995, "Support-vector networks"). Rows whose margin is at least 1 do not count.
 */
public final class HingeLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    return Math.max(0, 1 - margin);
  }

  @Override
  double slope(double margin) {
    return margin < 1 ? -1 : 0;
  }
}
