package io.evenstep.model.decision;

/** What a threshold between two classes makes as large as possible. */
public enum ThresholdAim {
  /** The share of rows predicted right. */
  ACCURACY("accuracy"),
  /** Harmonic mean of precision and recall of the second class. */
  F1("f1"),
  /** Mean of the recalls of both classes. */
  BALANCED_ACCURACY("balancedAccuracy"),
  /** Youden's index: the sum of both recalls, less 1. It is largest where their mean is. */
  YOUDEN("youden"),
  /** Matthews' correlation. */
  MCC("mcc");

  private final String word;

  ThresholdAim(String word) {
    this.word = word;
  }

  /** The name in a job file. */
  public String word() {
    return word;
  }

  /**
   * The value for some rows of both classes.
   *
   * @param truePositives rows of the second class that are predicted to be
   * @param falsePositives other rows that are predicted to be
   * @param positives rows of the second class, at least 1
   * @param negatives rows of the first class, at least 1
   */
  double of(long truePositives, long falsePositives, long positives, long negatives) {
    double trueNegatives = negatives - falsePositives;
    double recall = (double) truePositives / positives;
    double specificity = trueNegatives / negatives;
    return switch (this) {
      case ACCURACY -> (truePositives + trueNegatives) / (positives + negatives);
      case F1 -> 2.0 * truePositives / (positives + truePositives + falsePositives);
      case BALANCED_ACCURACY -> (recall + specificity) / 2;
      case YOUDEN -> recall + specificity - 1;
      case MCC -> correlation(truePositives, falsePositives, positives, negatives);
    };
  }

  private static double correlation(
      double truePositives, double falsePositives, double positives, double negatives) {
    double called = truePositives + falsePositives;
    double others = positives + negatives - called;
    return called == 0 || others == 0
        ? 0
        : (truePositives * (negatives - falsePositives)
                - falsePositives * (positives - truePositives))
            / Math.sqrt(called)
            / Math.sqrt(others)
            / Math.sqrt(positives)
            / Math.sqrt(negatives);
  }
}
