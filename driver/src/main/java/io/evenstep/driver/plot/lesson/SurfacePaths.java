package io.evenstep.driver.plot.lesson;

import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.Palette;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The paths of optimizers over {@code x^2 / 2 + y^4 / 4 - y^2 / 2}, which has a saddle at (0, 0)
 * and minima at (0, 1) and (0, -1). The steps are those of the networks' own optimizers.
 */
final class SurfacePaths implements Figure {
  private static final int LEFT = 20;
  private static final int TOP = 40;
  private static final int SIDE = 440;
  private static final int LEGEND = 190;
  private static final int BOTTOM = 20;
  private static final double FAR = 1.9;
  private static final double MOST = 2.2; // of the surface, for the shades
  private static final int BANDS = 22;

  private final List<Path> paths;

  /**
   * A path.
   *
   * @param name for the legend
   * @param color of the line
   * @param points [x, y] in order
   */
  private record Path(String name, Color color, List<List<Double>> points) {}

  private SurfacePaths(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /** Gradient descent, momentum and Adam from one start, just beside the axis of the saddle. */
  static SurfacePaths of(List<String> names, List<IUpdater> optimizers, int steps) {
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      paths.add(new Path(names.get(i), Palette.of(i), walk(optimizers.get(i), steps)));
    }
    return new SurfacePaths(paths);
  }

  static double height(double x, double y) {
    return x * x / 2 + y * y * y * y / 4 - y * y / 2;
  }

  /** The points that an optimizer visits. */
  static List<List<Double>> walk(IUpdater optimizer, int steps) {
    double x = -1.6;
    double y = 0.02;
    List<List<Double>> points = new ArrayList<>(List.of(List.of(x, y)));
    long size = optimizer.stateSize(2);
    GradientUpdater<?> rule = // an optimizer without state refuses an array for it
        size == 0
            ? optimizer.instantiate((INDArray) null, true)
            : optimizer.instantiate(Nd4j.zeros(1, size), true);
    for (int step = 0; step < steps; step++) {
      INDArray gradient =
          Nd4j.createFromArray(new double[][] {{x, y * y * y - y}}).castTo(Nd4j.dataType());
      rule.applyUpdater(gradient, step, 0);
      x -= gradient.getDouble(0);
      y -= gradient.getDouble(1);
      points.add(List.of(x, y));
    }
    return points;
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
    pen.setColor(Palette.INK);
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    pen.drawString("A saddle between two minima", LEFT, 24);
    pen.drawImage(surface(), LEFT, TOP, SIDE, SIDE, null);
    pen.clipRect(LEFT, TOP, SIDE, SIDE);
    paths.forEach(path -> paint(pen, path));
    pen.setClip(null);
    legend(pen);
  }

  /** Bands of equal height, dark where it is low. */
  private static BufferedImage surface() {
    BufferedImage image = new BufferedImage(2 * SIDE, 2 * SIDE, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < 2 * SIDE; row++) {
      for (int column = 0; column < 2 * SIDE; column++) {
        double x = FAR * (column / (double) SIDE - 1);
        double y = FAR * (1 - row / (double) SIDE);
        double share = Math.min(1, Math.max(0, (height(x, y) + 0.25) / MOST));
        double band = Math.floor(Math.sqrt(share) * BANDS) / BANDS;
        int grey = (int) Math.round(165 + 85 * band);
        image.setRGB(column, row, new Color(grey, grey, Math.min(255, grey + 5)).getRGB());
      }
    }
    return image;
  }

  private static double pixelX(double x) {
    return LEFT + SIDE * (x / FAR + 1) / 2;
  }

  private static double pixelY(double y) {
    return TOP + SIDE * (1 - y / FAR) / 2;
  }

  private static void paint(Graphics2D pen, Path path) {
    Path2D line = new Path2D.Double();
    for (int i = 0; i < path.points().size(); i++) {
      double x = pixelX(path.points().get(i).get(0));
      double y = pixelY(path.points().get(i).get(1));
      if (i == 0) {
        line.moveTo(x, y);
      } else {
        line.lineTo(x, y);
      }
      dot(pen, path.color(), x, y, i == 0 || i == path.points().size() - 1 ? 4 : 1.8);
    }
    pen.setColor(path.color());
    pen.setStroke(new BasicStroke(1.5f));
    pen.draw(line);
  }

  private static void dot(Graphics2D pen, Color color, double x, double y, double radius) {
    pen.setColor(color);
    pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private void legend(Graphics2D pen) {
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    for (int i = 0; i < paths.size(); i++) {
      int y = TOP + 12 + 22 * i;
      dot(pen, paths.get(i).color(), LEFT + SIDE + 18, y, 5);
      pen.setColor(Palette.INK);
      pen.drawString(paths.get(i).name(), LEFT + SIDE + 30, y + 4);
    }
  }
}
