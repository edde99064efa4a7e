package io.evenstep.model.engine.step.loss;

/** The distance of an output from its label, or its square. */
final class PowerLoss extends ElementLoss {
  private final boolean isSquared;

  PowerLoss(boolean isSquared, boolean isMean) {
    super(isMean);
    this.isSquared = isSquared;
  }

  @Override
  double term(double output, double label) {
    double distance = output - label;
    return isSquared ? distance * distance : Math.abs(distance);
  }

  @Override
  double derivative(double output, double label) {
    double distance = output - label;
    return isSquared ? 2 * distance : Math.signum(distance);
  }
}
