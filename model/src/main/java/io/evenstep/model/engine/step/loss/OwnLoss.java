package io.evenstep.model.engine.step.loss;

import io.evenstep.model.loss.ElementwiseLoss;

/** One of our own losses in a program. */
final class OwnLoss extends ElementLoss {
  private final ElementwiseLoss loss;

  OwnLoss(ElementwiseLoss loss) {
    super(loss.isMean());
    this.loss = loss;
  }

  @Override
  double term(double output, double label) {
    return loss.term(output, label);
  }

  @Override
  double derivative(double output, double label) {
    return loss.derivative(output, label);
  }
}
