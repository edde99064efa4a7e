package io.evenstep.driver.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The class that a network predicts at each point of a plane, with rows of the data on top. Paler
 * colours mean less certainty. A row whose class differs from the region around it has a dark rim.
 *
 * @param title drawn above the plot
 * @param columns names of the two axes
 * @param classes names, at least two
 * @param rows of the data, at least one; they set the ranges of the axes
 * @param classifier gives the probabilities for points of the plane
 */
public record DecisionRegions(
    String title,
    List<String> columns,
    List<String> classes,
    List<LabelledPoint> rows,
    Classifier classifier)
    implements Figure {
  private static final int LEFT = 62;
  private static final int TOP = 40;
  private static final int SIDE = 440;
  private static final int LEGEND = 150;
  private static final int BOTTOM = 52;
  private static final int GRID = 220; // points along each axis
  private static final double AROUND = 0.08; // of the rows' span, on each side

  /**
   * A row of the data.
   *
   * @param actual its class, from 0
   */
  public record LabelledPoint(double x, double y, int actual) {}

  /** The network's predictions for points. */
  public interface Classifier {
    /**
     * Probabilities of the classes.
     *
     * @param points [rows, 2]
     * @return [rows, classes]
     */
    double[][] probabilities(double[][] points);
  }

  /** Copies the lists and checks them. */
  public DecisionRegions {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
    if (columns.size() != 2 || classes.size() < 2 || rows.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid regions: must have two columns, two or more classes and a row, got "
              + columns
              + ", "
              + classes
              + ", "
              + rows.size());
    }
  }

  @Override
  public int width() {
    return LEFT + SIDE + LEGEND;
  }

  @Override
  public int height() {
    return TOP + SIDE + BOTTOM;
  }

  @Override
  public void paint(Graphics2D pen) {
    PlotArea area = area();
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    pen.setColor(Palette.INK);
    pen.drawString(title, LEFT, 24);
    pen.drawImage(regions(area), LEFT, TOP, SIDE, SIDE, null);
    paintAxes(pen, area);
    paintRows(pen, area);
    paintLegend(pen);
  }

  private PlotArea area() {
    return new PlotArea(
        PlotArea.Span.around(rows.stream().mapToDouble(LabelledPoint::x), AROUND),
        PlotArea.Span.around(rows.stream().mapToDouble(LabelledPoint::y), AROUND),
        LEFT,
        TOP,
        SIDE);
  }

  private BufferedImage regions(PlotArea area) {
    double[][] points = new double[GRID * GRID][];
    for (int i = 0; i < points.length; i++) {
      double x = area.x().at((i % GRID + 0.5) / GRID);
      double y = area.y().at(1 - (i / GRID + 0.5) / GRID);
      points[i] = new double[] {x, y};
    }
    double[][] answers = classifier.probabilities(points);
    BufferedImage image = new BufferedImage(2 * SIDE, 2 * SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 2 * SIDE; y++) {
      for (int x = 0; x < 2 * SIDE; x++) {
        int point = y * GRID / (2 * SIDE) * GRID + x * GRID / (2 * SIDE);
        image.setRGB(x, y, shade(answers[point]).getRGB());
      }
    }
    return image;
  }

  /**
   * Almost white at chance level; at full certainty the colour of the class, but paler than its
   * rows.
   */
  private static Color shade(double[] answer) {
    int best = best(answer);
    double chance = 1.0 / answer.length;
    double sure = (answer[best] - chance) / (1 - chance);
    return Palette.mixed(Color.WHITE, Palette.of(best), 0.08 + 0.42 * sure);
  }

  private static int best(double[] answer) {
    int best = 0;
    for (int i = 1; i < answer.length; i++) {
      best = answer[i] > answer[best] ? i : best;
    }
    return best;
  }

  private void paintAxes(Graphics2D pen, PlotArea area) {
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    pen.setStroke(new BasicStroke(1));
    pen.setColor(Palette.SOFT);
    pen.drawRect(LEFT, TOP, SIDE, SIDE);
    for (double tick : area.x().ticks()) {
      int x = (int) Math.round(area.pixelX(tick));
      pen.drawLine(x, TOP + SIDE, x, TOP + SIDE + 4);
      centred(pen, Ticks.text(tick), x, TOP + SIDE + 17);
    }
    for (double tick : area.y().ticks()) {
      int y = (int) Math.round(area.pixelY(tick));
      pen.drawLine(LEFT - 4, y, LEFT, y);
      String text = Ticks.text(tick);
      pen.drawString(text, LEFT - 8 - pen.getFontMetrics().stringWidth(text), y + 4);
    }
    pen.setColor(Palette.INK);
    centred(pen, columns.get(0), LEFT + SIDE / 2, TOP + SIDE + 38);
    AffineTransform upright = pen.getTransform();
    pen.translate(16, TOP + SIDE / 2);
    pen.rotate(-Math.PI / 2);
    centred(pen, columns.get(1), 0, 0);
    pen.setTransform(upright);
  }

  private static void centred(Graphics2D pen, String text, int x, int y) {
    pen.drawString(text, x - pen.getFontMetrics().stringWidth(text) / 2, y);
  }

  private void paintRows(Graphics2D pen, PlotArea area) {
    double[][] points =
        rows.stream().map(row -> new double[] {row.x(), row.y()}).toArray(double[][]::new);
    double[][] answers = classifier.probabilities(points);
    for (int i = 0; i < rows.size(); i++) {
      LabelledPoint row = rows.get(i);
      boolean wrong = best(answers[i]) != row.actual();
      double radius = wrong ? 4 : 3;
      double x = area.pixelX(row.x());
      double y = area.pixelY(row.y());
      Ellipse2D dot = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
      pen.setColor(Palette.of(row.actual()));
      pen.fill(dot);
      pen.setColor(wrong ? Palette.INK : Color.WHITE);
      pen.setStroke(new BasicStroke(wrong ? 1.6f : 0.7f));
      pen.draw(dot);
    }
  }

  private void paintLegend(Graphics2D pen) {
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    for (int i = 0; i < Math.min(classes.size(), 20); i++) {
      int y = TOP + 8 + 18 * i;
      pen.setColor(Palette.of(i));
      pen.fillOval(LEFT + SIDE + 16, y - 4, 9, 9);
      pen.setColor(Palette.INK);
      String name = classes.get(i);
      pen.drawString(
          name.length() > 18 ? name.substring(0, 17) + "…" : name, LEFT + SIDE + 31, y + 4);
    }
  }
}
