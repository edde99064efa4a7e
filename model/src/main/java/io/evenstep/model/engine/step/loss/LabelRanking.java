package io.evenstep.model.engine.step.loss;

import java.nio.FloatBuffer;

/**
 * Ranks every label that a row has above every label that it does not have: the mean of {@code
 * exp(other - own)} over such pairs (Zhang and Zhou 2006, "Multilabel neural networks"). The sum
 * over pairs is a product of two sums. 0 for a row with all labels or none.
 */
final class LabelRanking implements RowLoss {
  @Override
  public double loss(FloatBuffer outputs, FloatBuffer labels, int from, int count) {
    double pairs = pairs(labels, from, count);
    return pairs == 0
        ? 0
        : own(outputs, labels, from, count) * others(outputs, labels, from, count) / pairs;
  }

  @Override
  public void slope(
      FloatBuffer outputs,
      FloatBuffer labels,
      FloatBuffer slopes,
      int from,
      int count,
      float weight) {
    double pairs = pairs(labels, from, count);
    double own = pairs == 0 ? 0 : weight * own(outputs, labels, from, count) / pairs;
    double others = pairs == 0 ? 0 : weight * others(outputs, labels, from, count) / pairs;
    for (int i = from; i < from + count; i++) {
      float label = labels.get(i);
      slopes.put(
          i,
          (float)
              (label == 0
                  ? own * StrictMath.exp(outputs.get(i))
                  : -others * label * StrictMath.exp(-outputs.get(i))));
    }
  }

  /** The number of pairs: labels that the row has, times labels that it does not have. */
  private static double pairs(FloatBuffer labels, int from, int count) {
    int without = 0;
    double with = 0;
    for (int i = from; i < from + count; i++) {
      without += labels.get(i) == 0 ? 1 : 0;
      with += labels.get(i);
    }
    return without == count ? 0 : without * with;
  }

  private static double own(FloatBuffer outputs, FloatBuffer labels, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += labels.get(i) == 0 ? 0 : labels.get(i) * StrictMath.exp(-outputs.get(i));
    }
    return sum;
  }

  private static double others(FloatBuffer outputs, FloatBuffer labels, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += labels.get(i) == 0 ? StrictMath.exp(outputs.get(i)) : 0;
    }
    return sum;
  }
}
