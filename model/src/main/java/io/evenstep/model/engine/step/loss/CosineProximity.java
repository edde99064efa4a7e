package io.evenstep.model.engine.step.loss;

import java.nio.FloatBuffer;

/** Minus the cosine of the angle between outputs and labels. */
final class CosineProximity implements RowLoss {
  private static final double SMALLEST = 1e-5; // ND4J's EPS_THRESHOLD

  @Override
  public double loss(FloatBuffer outputs, FloatBuffer labels, int from, int count) {
    double lengths =
        Math.max(length(outputs, from, count), SMALLEST)
            * Math.max(length(labels, from, count), SMALLEST);
    return -product(outputs, labels, from, count) / lengths;
  }

  @Override
  public void slope(
      FloatBuffer outputs,
      FloatBuffer labels,
      FloatBuffer slopes,
      int from,
      int count,
      float weight) {
    double length = length(outputs, from, count);
    double square = length * length;
    double product = product(outputs, labels, from, count);
    double divisor =
        Math.max(length(labels, from, count), SMALLEST)
            * Math.max(length, SMALLEST)
            * Math.max(square, SMALLEST);
    for (int i = from; i < from + count; i++) {
      double slope = (labels.get(i) * square - outputs.get(i) * product) / -divisor;
      slopes.put(i, (float) (weight * slope));
    }
  }

  private static double length(FloatBuffer row, int from, int count) {
    return Math.sqrt(product(row, row, from, count));
  }

  private static double product(FloatBuffer left, FloatBuffer right, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) left.get(i) * right.get(i);
    }
    return sum;
  }
}
