package io.evenstep.driver.study;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.LineFigure;
import io.evenstep.driver.plot.LineFigure.Look;
import io.evenstep.worker.progress.ProgressEvent.LossPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The losses of a learning-rate range test (Smith 2017, "Cyclical learning rates for training
 * neural networks"), and the rate that they suggest: the one at which the smoothed loss falls
 * fastest along the logarithmic axis of rates.
 */
public final class RangeCurve {
  private static final double WIDTH = 1 / 25.0; // of the whole axis: deviation of the smoothing
  private static final double SHOWN = 1.6; // most of the first loss that the picture shows

  private final List<RangePoint> points;

  private RangeCurve(List<RangePoint> points) {
    this.points = List.copyOf(points);
  }

  /**
   * Smooths the losses.
   *
   * @param from rate of the first step
   * @param factor of the rate after each step
   * @param losses finite, in order
   */
  static RangeCurve of(double from, double factor, List<LossPoint> losses) {
    List<RangePoint> points = new ArrayList<>();
    double last = losses.isEmpty() ? 1 : losses.get(losses.size() - 1).step();
    for (LossPoint each : losses) {
      double rate = from * Math.pow(factor, each.step() - 1.0);
      points.add(
          new RangePoint(each.step(), rate, each.loss(), smoothed(losses, each, WIDTH * last)));
    }
    return new RangeCurve(points);
  }

  private static double smoothed(List<LossPoint> losses, LossPoint at, double width) {
    double sum = 0;
    double weights = 0;
    for (LossPoint each : losses) {
      double distance = (each.step() - at.step()) / width;
      double weight = Math.exp(-distance * distance / 2);
      sum += weight * each.loss();
      weights += weight;
    }
    return sum / weights;
  }

  /** The points, by growing rate. */
  public List<RangePoint> points() {
    return points;
  }

  /** The index of the lowest smoothed loss; -1 without points. */
  private int lowest() {
    int lowest = -1;
    for (int i = 0; i < points.size(); i++) {
      if (lowest < 0 || points.get(i).smoothed() < points.get(lowest).smoothed()) {
        lowest = i;
      }
    }
    return lowest;
  }

  /** The rate with the lowest smoothed loss; empty without points. */
  public OptionalDouble lowestRate() {
    int lowest = lowest();
    return lowest < 0 ? OptionalDouble.empty() : OptionalDouble.of(points.get(lowest).rate());
  }

  /** The suggested rate; empty when the smoothed loss never falls. */
  public OptionalDouble suggestion() {
    double steepest = 0;
    OptionalDouble rate = OptionalDouble.empty();
    for (int i = 1; i <= lowest(); i++) {
      RangePoint before = points.get(i - 1);
      RangePoint here = points.get(i);
      double slope = (here.smoothed() - before.smoothed()) / Math.log(here.rate() / before.rate());
      if (slope < steepest) {
        steepest = slope;
        rate = OptionalDouble.of(Math.sqrt(here.rate() * before.rate()));
      }
    }
    return rate;
  }

  /** The points as CSV. */
  public String csv() {
    StringBuilder text = new StringBuilder("step,rate,loss,smoothed\n");
    for (RangePoint point : points) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.6g,%.6g,%.6g%n",
              point.step(),
              point.rate(),
              point.loss(),
              point.smoothed()));
    }
    return text.toString();
  }

  /** Losses above the picture are left out. */
  private static List<Double> below(double most, List<Double> losses) {
    return losses.stream().map(loss -> loss > most ? Double.NaN : loss).toList();
  }

  /** Loss by rate, with the suggestion as an upright line. There must be a point. */
  public Figure figure(String job) {
    List<Double> rates = points.stream().map(RangePoint::rate).toList();
    List<Double> smoothed = points.stream().map(RangePoint::smoothed).toList();
    double least = points.stream().mapToDouble(RangePoint::smoothed).min().orElseThrow();
    double first = smoothed.get(0);
    double most = Math.max(least + 1e-6, least + SHOWN * Math.max(first - least, 0.1 * first));
    List<Double> shown = below(most, points.stream().map(RangePoint::loss).toList());
    LineFigure figure =
        new LineFigure("Learning-rate range test of " + job, "learning rate", "loss")
            .logX()
            .rangeY(least - 0.1 * (most - least), most)
            .add("loss", rates, shown, Look.PALE)
            .add("smoothed", rates, below(most, smoothed), Look.LINE);
    suggestion()
        .ifPresent(
            rate ->
                figure.add(
                    String.format(Locale.ROOT, "suggestion %.2g", rate),
                    List.of(rate, rate),
                    List.of(least - 0.1 * (most - least), most),
                    Look.DASHED));
    return figure.figure();
  }
}
