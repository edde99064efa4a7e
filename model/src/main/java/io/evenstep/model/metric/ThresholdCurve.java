package io.evenstep.model.metric;

import java.io.Serializable;
import java.util.List;

/**
 * How well one class is distinguished from the rest at each threshold on its probability: the data
 * of the receiver operating characteristic and the precision-recall curve.
 *
 * @param positives rows of the class
 * @param negatives rows of others
 * @param points by falling threshold; few enough to draw
 */
public record ThresholdCurve(long positives, long negatives, List<Point> points)
    implements Serializable {
  /** Copies the list. */
  public ThresholdCurve {
    points = List.copyOf(points);
  }

  /**
   * The counts when rows of at least this probability are called positive.
   *
   * @param threshold the probability, up to the width of a bin
   */
  public record Point(double threshold, long truePositives, long falsePositives)
      implements Serializable {}
}
