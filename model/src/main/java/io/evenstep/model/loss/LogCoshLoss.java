package io.evenstep.model.loss;

/**
 * Logarithm of the hyperbolic cosine of the error: smooth, and linear for large errors; mean over
 * the outputs.
 */
public final class LogCoshLoss extends ElementwiseLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public double term(double output, double label) {
    double error = Math.abs(output - label);
    return error + StrictMath.log1p(StrictMath.exp(-2 * error)) - StrictMath.log(2);
  }

  @Override
  public double derivative(double output, double label) {
    return StrictMath.tanh(output - label);
  }

  @Override
  public boolean isMean() {
    return true;
  }
}
