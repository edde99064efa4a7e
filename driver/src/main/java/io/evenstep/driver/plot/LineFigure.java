package io.evenstep.driver.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A chart of lines over one pair of axes. */
public final class LineFigure {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int MANY = 40;

  private final XYChart chart;
  private final List<Color> colors = new ArrayList<>();
  private final DoubleSummaryStatistics values = new DoubleSummaryStatistics(); // on the y axis

  /** An empty chart. The texts of the axes may be empty. */
  public LineFigure(String title, String x, String y) {
    this.chart = chart(title, x, y);
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style(chart.getStyler());
    chart.getStyler().setMarkerSize(5);
    chart.getStyler().setPlotGridLinesColor(Palette.GRID);
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.8f));
    chart.getStyler().setAxisTickMarksColor(Palette.GRID);
    chart.getStyler().setAxisTickLabelsColor(Palette.SOFT);
    chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    return chart;
  }

  static void style(Styler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Palette.INK);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    styler.setChartTitleBoxVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setSeriesColors(Palette.all());
  }

  /** How a line is drawn. */
  public enum Look {
    /** A line of the next colour. */
    LINE,
    /** A thin grey line. */
    PALE,
    /** A dashed dark line. */
    DASHED,
    /** Points of the next colour, joined by a line. */
    POINTS
  }

  /**
   * Adds a line.
   *
   * @param name unique in the chart
   * @param x as many as {@code y}; numbers that are not finite are left out with their partners
   */
  public LineFigure add(String name, List<Double> x, List<Double> y, Look look) {
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      if (Double.isFinite(x.get(i)) && Double.isFinite(y.get(i))) {
        xs.add(x.get(i));
        ys.add(y.get(i));
      }
    }
    ys.forEach(values::accept);
    if (xs.size() > MANY) {
      unevenly(xs);
    }
    if (!xs.isEmpty()) {
      paint(chart.addSeries(name, xs, ys), look);
    }
    return this;
  }

  /**
   * XChart labels evenly spaced numbers one by one, and the labels of many overlap. So the second
   * number moves by a hundredth of a step, which nobody sees.
   */
  private static void unevenly(List<Double> x) {
    x.set(1, x.get(1) + 0.01 * (x.get(2) - x.get(1)));
  }

  private void paint(XYSeries series, Look look) {
    series.setMarker(look == Look.POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    Color color =
        switch (look) {
          case PALE -> Palette.mixed(Color.WHITE, Palette.SOFT, 0.5);
          case DASHED -> Palette.INK;
          case LINE, POINTS -> nextColor();
        };
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setLineStyle(stroke(look));
  }

  private static BasicStroke stroke(Look look) {
    int cap = BasicStroke.CAP_ROUND;
    int join = BasicStroke.JOIN_ROUND;
    return switch (look) {
      case PALE -> new BasicStroke(1f, cap, join);
      case DASHED -> new BasicStroke(1.2f, cap, join, 10, new float[] {5, 4}, 0);
      case LINE, POINTS -> new BasicStroke(1.6f, cap, join);
    };
  }

  private Color nextColor() {
    Color color = Palette.of(colors.size());
    colors.add(color);
    return color;
  }

  /** Makes the x axis logarithmic; all its numbers must be above 0. */
  public LineFigure logX() {
    chart.getStyler().setXAxisLogarithmic(true);
    return this;
  }

  /** Makes the y axis logarithmic; all its numbers must be above 0. */
  public LineFigure logY() {
    chart.getStyler().setYAxisLogarithmic(true);
    return this;
  }

  /** Sets the range of the x axis. */
  public LineFigure rangeX(double least, double most) {
    chart.getStyler().setXAxisMin(least);
    chart.getStyler().setXAxisMax(most);
    return this;
  }

  /** A flat line has no range of its own. */
  private void showFromZero(double value) {
    double other = value == 0 ? 1 : 2 * value;
    rangeY(Math.min(0, other), Math.max(0, other));
  }

  /** Sets the range of the y axis. */
  public LineFigure rangeY(double least, double most) {
    chart.getStyler().setYAxisMin(least);
    chart.getStyler().setYAxisMax(most);
    return this;
  }

  /** The chart so far. */
  public Figure figure() {
    boolean isFlat = values.getCount() > 0 && values.getMin() == values.getMax();
    if (!chart.getStyler().isYAxisLogarithmic()) { // whose ticks XChart gets wrong with own labels
      chart.getStyler().setyAxisTickLabelsFormattingFunction(Ticks::text);
      if (isFlat) {
        showFromZero(values.getMin());
      }
    }
    chart.getStyler().setLegendVisible(chart.getSeriesMap().size() > 1);
    return Figure.of(chart);
  }
}
