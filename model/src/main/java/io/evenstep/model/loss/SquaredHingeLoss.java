package io.evenstep.model.loss;

/** {@code max(0, 1 - m)^2}: like the hinge, and smooth. */
public final class SquaredHingeLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    double gap = Math.max(0, 1 - margin);
    return gap * gap;
  }

  @Override
  double slope(double margin) {
    return -2 * Math.max(0, 1 - margin);
  }
}
