package io.evenstep.model.loss;

/**
 * The perceptron criterion, {@code max(0, -m)}: with SGD and batch size 1, the update is
 * Rosenblatt's rule. The derivative at 0 is -1, so that training can start from zero weights
 * (Rosenblatt 1958, "The perceptron").
 */
public final class PerceptronLoss extends MarginLoss {
  private static final long serialVersionUID = 1L;

  @Override
  double ofMargin(double margin) {
    return Math.max(0, -margin);
  }

  @Override
  double slope(double margin) {
    return margin <= 0 ? -1 : 0;
  }
}
