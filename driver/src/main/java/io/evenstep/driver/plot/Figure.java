package io.evenstep.driver.plot;

import java.awt.Graphics2D;
import org.knowm.xchart.internal.chartpart.Chart;

/** A picture that can be drawn as pixels or as vectors. */
public interface Figure {
  /** In points, at least 1. */
  int width();

  /** In points, at least 1. */
  int height();

  /** Draws it with its top left corner at (0, 0). */
  void paint(Graphics2D pen);

  /** Wraps an XChart chart. */
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
