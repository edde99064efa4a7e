package io.evenstep.driver.plot;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** The confusion matrix of the test rows, as coloured cells with counts. */
public final class ConfusionFigure {
  /** With more classes the cells are too small to read. */
  public static final int MOST_CLASSES = 30;

  private static final int CELL = 44; // points
  private static final int AROUND = 90;
  private static final int LEAST_SIDE = 420;

  private ConfusionFigure() {}

  /**
   * The matrix as a figure.
   *
   * @param classes at most {@link #MOST_CLASSES} names
   * @param counts [actual, predicted]
   */
  public static Figure of(List<String> classes, List<List<Long>> counts) {
    int side = Math.max(LEAST_SIDE, AROUND + CELL * classes.size());
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(side + 60)
            .height(side)
            .title("Confusion matrix of the test rows")
            .xAxisTitle("predicted")
            .yAxisTitle("actual")
            .build();
    LineFigure.style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setShowValue(true);
    chart.getStyler().setRangeColors(new Color[] {Color.WHITE, Palette.of(0)});
    chart.getStyler().setValueFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    List<Number[]> cells = new ArrayList<>();
    List<String> upwards = new ArrayList<>();
    for (int actual = classes.size() - 1; actual >= 0; actual--) { // the first class on top
      int row = upwards.size();
      upwards.add(classes.get(actual));
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        cells.add(new Number[] {predicted, row, counts.get(actual).get(predicted)});
      }
    }
    chart.addSeries("rows", classes, upwards, cells);
    return Figure.of(chart);
  }
}
