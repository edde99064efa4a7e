package io.evenstep.model.loss;

/**
 * A loss of the margin {@code m = sign x output}, where the sign is 1 for labels above 0 and -1 for
 * all others. So labels may be -1 and 1 (one output) or one-hot classes (one output for each class,
 * one against the rest). See Wikipedia, "Loss functions for classification", for the family.
 */
public abstract class MarginLoss extends ElementwiseLoss {
  private static final long serialVersionUID = 1L;

  /** The loss of a margin. */
  abstract double ofMargin(double margin);

  /** The derivative of {@link #ofMargin}. */
  abstract double slope(double margin);

  @Override
  public final double term(double output, double label) {
    return ofMargin(label > 0 ? output : -output);
  }

  @Override
  public final double derivative(double output, double label) {
    return label > 0 ? slope(output) : -slope(-output);
  }

  @Override
  public final boolean isMean() {
    return false;
  }
}
