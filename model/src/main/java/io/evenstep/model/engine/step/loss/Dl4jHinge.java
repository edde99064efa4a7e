package io.evenstep.model.engine.step.loss;

/**
 * DL4J's hinge: how far an output is from the margin, {@code max(0, 1 - output label)}, or its
 * square.
 */
final class Dl4jHinge extends ElementLoss {
  private final boolean isSquared;

  Dl4jHinge(boolean isSquared) {
    super(false);
    this.isSquared = isSquared;
  }

  @Override
  double term(double output, double label) {
    double gap = Math.max(0, 1 - output * label);
    return isSquared ? gap * gap : gap;
  }

  @Override
  double derivative(double output, double label) {
    double gap = Math.max(0, 1 - output * label);
    if (gap == 0) {
      return 0;
    }
    return isSquared ? -2 * gap * label : -label;
  }
}
