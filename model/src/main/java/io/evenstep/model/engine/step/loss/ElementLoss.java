package io.evenstep.model.engine.step.loss;

import java.nio.FloatBuffer;

/** A loss that is a sum of one term per output, as DL4J defines it. */
abstract class ElementLoss implements RowLoss {
  private final boolean isMean;

  /**
   * @param isMean whether the sum is divided by the number of outputs
   */
  ElementLoss(boolean isMean) {
    this.isMean = isMean;
  }

  /** An output's term. */
  abstract double term(double output, double label);

  /** The term's derivative with respect to the output. */
  abstract double derivative(double output, double label);

  @Override
  public final double loss(FloatBuffer outputs, FloatBuffer labels, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += term(outputs.get(i), labels.get(i));
    }
    return isMean ? sum / count : sum;
  }

  @Override
  public final void slope(
      FloatBuffer outputs,
      FloatBuffer labels,
      FloatBuffer slopes,
      int from,
      int count,
      float weight) {
    double scale = isMean ? (double) weight / count : weight;
    for (int i = from; i < from + count; i++) {
      slopes.put(i, (float) (scale * derivative(outputs.get(i), labels.get(i))));
    }
  }
}
