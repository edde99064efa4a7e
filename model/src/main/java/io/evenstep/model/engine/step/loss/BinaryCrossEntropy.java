package io.evenstep.model.engine.step.loss;

/** Cross entropy of outputs that are each yes or no, clipped to [clip, 1 - clip]. */
final class BinaryCrossEntropy extends ElementLoss {
  private final double clip;

  BinaryCrossEntropy(double clip) {
    super(false);
    this.clip = clip;
  }

  @Override
  double term(double output, double label) {
    double p = clipped(output);
    return -(label * StrictMath.log(p) + (1 - label) * StrictMath.log(1 - p));
  }

  @Override
  double derivative(double output, double label) {
    double p = clipped(output);
    return (p - label) / (p * (1 - p));
  }

  private double clipped(double output) {
    return clip > 0 ? Math.min(Math.max(output, clip), 1 - clip) : output;
  }
}
