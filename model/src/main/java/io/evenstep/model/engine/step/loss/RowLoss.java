package io.evenstep.model.engine.step.loss;

import java.nio.FloatBuffer;

/** The loss of one row of outputs against its labels. */
interface RowLoss {
  /**
   * The row's loss.
   *
   * @param from where the row begins in both
   * @param count outputs of a row
   */
  double loss(FloatBuffer outputs, FloatBuffer labels, int from, int count);

  /**
   * Writes the derivative by each output, times {@code weight}.
   *
   * @param from where the row begins in all three
   * @param count outputs of a row
   */
  void slope(
      FloatBuffer outputs,
      FloatBuffer labels,
      FloatBuffer slopes,
      int from,
      int count,
      float weight);

  /**
   * Whether {@link #slope} gives the derivative by what a softmax was taken of, and not by the
   * softmax.
   */
  default boolean isOfSoftmax() {
    return false;
  }
}
