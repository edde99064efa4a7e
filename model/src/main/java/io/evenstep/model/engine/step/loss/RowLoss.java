package io.evenstep.model.engine.step.loss;

import java.nio.FloatBuffer;

/** The loss of one row of outputs against its labels. */
interface RowLoss {
  /**
   * The row's loss.
   *
   * @param from where the row begins in both arrays
   * @param count outputs of a row
   */
  double loss(FloatBuffer outputs, FloatBuffer labels, int from, int count);

  /**
   * Writes the derivative with respect to each output, times {@code weight}.
   *
   * @param from where the row begins in all three arrays
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
   * Whether {@link #slope} gives the derivative with respect to a softmax's input, not its output.
   */
  default boolean isOfSoftmax() {
    return false;
  }
}
