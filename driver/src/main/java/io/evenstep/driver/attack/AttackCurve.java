package io.evenstep.driver.attack;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.LineFigure;
import io.evenstep.driver.plot.LineFigure.Look;
import java.util.List;
import java.util.Locale;

/**
 * Accuracy against epsilon.
 *
 * @param split where the rows come from, such as {@code test}
 * @param rows how many, at least 1
 * @param points by growing epsilon, at least one
 */
public record AttackCurve(String split, int rows, List<AttackPoint> points) {
  /** Copies the list. */
  public AttackCurve {
    points = List.copyOf(points);
  }

  /** A line for each epsilon, for a terminal. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(Locale.ROOT, "%8s  %8s  %12s%n", "epsilon", "accuracy", "random noise"));
    for (AttackPoint point : points) {
      text.append(
          String.format(
              Locale.ROOT,
              "%8s  %8.4f  %12.4f%n",
              brief(point.epsilon()),
              point.accuracy(),
              point.randomAccuracy()));
    }
    return text.toString();
  }

  /** The points as CSV. */
  public String csv() {
    StringBuilder text = new StringBuilder("epsilon,accuracy,randomAccuracy\n");
    for (AttackPoint point : points) {
      text.append(brief(point.epsilon())).append(',');
      text.append(brief(point.accuracy())).append(',');
      text.append(brief(point.randomAccuracy())).append('\n');
    }
    return text.toString();
  }

  /** Two lines: with the attack, and with random noise of the same size. */
  public Figure figure() {
    List<Double> epsilons = points.stream().map(AttackPoint::epsilon).toList();
    return new LineFigure("Accuracy on " + rows + " attacked " + split + " rows", "epsilon", "")
        .rangeY(0, 1)
        .add("attack", epsilons, points.stream().map(AttackPoint::accuracy).toList(), Look.POINTS)
        .add(
            "random noise",
            epsilons,
            points.stream().map(AttackPoint::randomAccuracy).toList(),
            Look.POINTS)
        .figure();
  }

  /** The smallest epsilon that halves the accuracy; the largest one if none does. */
  double telling() {
    double first = points.get(0).accuracy();
    return points.stream()
        .filter(point -> point.accuracy() <= first / 2)
        .findFirst()
        .orElse(points.get(points.size() - 1))
        .epsilon();
  }

  /** A number with up to six digits and no more zeros than needed. */
  static String brief(double number) {
    String text = String.format(Locale.ROOT, "%.6f", number);
    return text.replaceFirst("\\.?0+$", "");
  }
}
