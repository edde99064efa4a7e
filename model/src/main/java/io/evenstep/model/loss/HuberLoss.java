package io.evenstep.model.loss;

/**
 * Half the squared error up to an error of 1, linear beyond it (Huber 1964); mean over the outputs.
 */
public final class HuberLoss extends ElementwiseLoss {
  private static final long serialVersionUID = 1L;

  @Override
  public double term(double output, double label) {
    double error = Math.abs(output - label);
    return error <= 1 ? error * error / 2 : error - 0.5;
  }

  @Override
  public double derivative(double output, double label) {
    return Math.max(-1, Math.min(1, output - label));
  }

  @Override
  public boolean isMean() {
    return true;
  }
}
