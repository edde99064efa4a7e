package io.evenstep.driver.plot;

import java.awt.Graphics2D;
import org.knowm.xchart.internal.chartpart.Chart;

/** A picture that can be drawn on any surface: pixels or vectors. */
public interface Figure {
  /** In points, at least 1. */
  int width();

  /** In points, at least 1. */
  int height();

  /** Draws it from (0, 0) on. */
  void paint(Graphics2D pen);

  /** A chart of XChart's. */
  static Figure of(Chart<?, ?> chart) {
    return new Figure() {
      @Override
      public int width() {
        return chart.getWidth();
      }

      @Override
      public int height() {
        return chart.getHeight();
      }

      @Override
      public void paint(Graphics2D pen) {
        chart.paint(pen, chart.getWidth(), chart.getHeight());
      }
    };
  }
}
