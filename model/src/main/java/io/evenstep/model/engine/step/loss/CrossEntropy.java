package io.evenstep.model.engine.step.loss;

import java.nio.FloatBuffer;

/**
 * Cross entropy of outputs that are class probabilities. After a softmax it gives the derivative
 * with respect to the softmax's input: output minus label.
 */
final class CrossEntropy implements RowLoss {
  private final boolean ofSoftmax;
  private final double clip;

  /**
   * @param clip outputs of a softmax are clipped to [clip, 1 - clip] in the loss, not in its
   *     derivative
   */
  CrossEntropy(boolean ofSoftmax, double clip) {
    this.ofSoftmax = ofSoftmax;
    this.clip = ofSoftmax ? clip : 0;
  }

  @Override
  public boolean isOfSoftmax() {
    return ofSoftmax;
  }

  @Override
  public double loss(FloatBuffer outputs, FloatBuffer labels, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      float label = labels.get(i);
      if (label != 0) {
        double p = outputs.get(i);
        sum -= label * StrictMath.log(clip > 0 ? Math.min(Math.max(p, clip), 1 - clip) : p);
      }
    }
    return sum;
  }

  @Override
  public void slope(
      FloatBuffer outputs,
      FloatBuffer labels,
      FloatBuffer slopes,
      int from,
      int count,
      float weight) {
    for (int i = from; i < from + count; i++) {
      float slope = ofSoftmax ? outputs.get(i) - labels.get(i) : -labels.get(i) / outputs.get(i);
      slopes.put(i, weight * slope);
    }
  }
}
