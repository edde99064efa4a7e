package io.evenstep.model.engine.step.update;

/** Sums of squares, added one by one in doubles. */
final class Squares {
  private Squares() {}

  /** Of the first numbers. */
  static double sum(float[] numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) numbers[i] * numbers[i];
    }
    return sum;
  }

  /** Of the first gradients, without the L2 penalty that they contain. */
  static double sumWithout(float[] parameters, double l2, float[] gradient, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double own = gradient[i] - l2 * parameters[i];
      sum += own * own;
    }
    return sum;
  }
}
