package io.evenstep.model.decision;

/**
 * Finds the best threshold between two classes. Rows are added by falling probability, all rows of
 * about the same probability together. Of equally good thresholds the first, highest one is kept.
 */
public final class ThresholdSearch {
  private final ThresholdAim aim;
  private final long positives;
  private final long negatives;
  private double best;
  private double threshold = 1;
  private double lastFrom = 1;
  private boolean lastIsBest = true;
  private long truePositives;
  private long falsePositives;

  /**
   * A search.
   *
   * @param positives rows of the second class, at least 1
   * @param negatives rows of the first class, at least 1
   */
  public ThresholdSearch(ThresholdAim aim, long positives, long negatives) {
    this.aim = aim;
    this.positives = positives;
    this.negatives = negatives;
    this.best = aim.of(0, 0, positives, negatives);
  }

  /**
   * Adds rows whose probability of the second class is in a range below the earlier ones.
   *
   * @param from lower end of the range
   * @param to upper end
   * @param ofSecond rows of the second class
   * @param ofFirst rows of the first class
   */
  public void add(double from, double to, long ofSecond, long ofFirst) {
    if (lastIsBest) {
      threshold = (lastFrom + to) / 2; // anywhere between the two ranges is the same
    }
    truePositives += ofSecond;
    falsePositives += ofFirst;
    double value = aim.of(truePositives, falsePositives, positives, negatives);
    lastIsBest = value > best;
    best = Math.max(best, value);
    lastFrom = from;
  }

  /** The best threshold. */
  public double threshold() {
    return lastIsBest ? lastFrom / 2 : threshold;
  }
}
