package io.evenstep.model.loss;

/**
 * {@code 1 / (1 + exp(m))^2}: bounded, so outliers have little effect (Masnadi-Shirazi and
 * Vasconcelos 2008).
 */
public final class SavageLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    double share = share(margin);
    return share * share;
  }

  @Override
  double slope(double margin) {
    double share = share(margin);
    return -2 * share * share * (1 - share);
  }

  private static double share(double margin) {
    return 1 / (1 + StrictMath.exp(margin));
  }
}
