package io.evenstep.model.metric;

import java.io.Serializable;
import java.util.List;

/**
 * How one class is told from the rest at each threshold on its probability: what the receiver
 * operating characteristic and the precision-recall curve are drawn from.
 *
 * @param positives rows of the class
 * @param negatives rows of others
 * @param points by falling threshold; so few that they can be drawn
 */
public record ThresholdCurve(long positives, long negatives, List<Point> points)
    implements Serializable {
  /** Copies the list. */
  public ThresholdCurve {
    points = List.copyOf(points);
  }

  /**
   * What comes out when rows from this probability on are called positive.
   *
   * @param threshold the probability, up to the width of a bin
   */
  public record Point(double threshold, long truePositives, long falsePositives)
      implements Serializable {}
}
