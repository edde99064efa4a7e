package io.evenstep.driver.plot;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A square with axes.
 *
 * @param left of the square, in points
 * @param top of the square, in points
 * @param side of the square, in points
 */
record PlotArea(Span x, Span y, int left, int top, int side) {
  /** The range of an axis; {@code low < high}. */
  record Span(double low, double high) {
    /** The range of some numbers, extended at both ends by a share of their span. */
    static Span around(DoubleStream numbers, double more) {
      DoubleSummaryStatistics all = numbers.summaryStatistics();
      double span = all.getMax() - all.getMin();
      double margin = span > 0 ? more * span : Math.max(1, Math.abs(all.getMax()));
      return new Span(all.getMin() - margin, all.getMax() + margin);
    }

    /** The number at this share of the way from low to high. */
    double at(double share) {
      return low + share * (high - low);
    }

    double share(double number) {
      return (number - low) / (high - low);
    }

    List<Double> ticks() {
      return Ticks.between(low, high);
    }
  }

  double pixelX(double number) {
    return left + side * x.share(number);
  }

  double pixelY(double number) {
    return top + side * (1 - y.share(number));
  }
}
