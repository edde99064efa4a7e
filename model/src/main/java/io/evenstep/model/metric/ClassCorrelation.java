package io.evenstep.model.metric;

import java.util.Arrays;

/** Matthews' correlation of predicted with actual classes. */
final class ClassCorrelation {
  private ClassCorrelation() {}

  /**
   * The correlation of actual and predicted class, from -1 to 1. It is 0 if all rows are of one
   * class or are predicted to be. For more than two classes, in Gorodkin's form (2004, "Comparing
   * two K-category assignments by a K-category correlation coefficient").
   *
   * @param actual rows of each class
   * @param called rows predicted to be of each class
   * @param right rows of each class that were predicted to be of it
   */
  static double of(long[] actual, long[] called, long[] right) {
    double rows = Arrays.stream(actual).sum();
    double hits = Arrays.stream(right).sum();
    double together = 0;
    double squaredActual = 0;
    double squaredCalled = 0;
    for (int i = 0; i < actual.length; i++) {
      together += (double) actual[i] * called[i];
      squaredActual += (double) actual[i] * actual[i];
      squaredCalled += (double) called[i] * called[i];
    }
    double spreadActual = rows * rows - squaredActual;
    double spreadCalled = rows * rows - squaredCalled;
    return spreadActual <= 0 || spreadCalled <= 0
        ? 0
        : (hits * rows - together) / Math.sqrt(spreadActual) / Math.sqrt(spreadCalled);
  }
}
