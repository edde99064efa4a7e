package io.evenstep.driver.plot;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;

/**
 * Figures side by side, row by row.
 *
 * @param figures at least one; each cell is as large as the largest
 * @param columns at least 1
 * @param scale of each figure, above 0
 */
public record FigureGrid(List<Figure> figures, int columns, double scale) implements Figure {
  /** Copies the list and checks that it is not empty. */
  public FigureGrid {
    figures = List.copyOf(figures);
    if (figures.isEmpty() || columns < 1 || !(scale > 0)) {
      throw new IllegalArgumentException(
          "Invalid grid: must have figures, a column and a scale, got "
              + figures.size()
              + ", "
              + columns
              + ", "
              + scale);
    }
  }

  private int cellWidth() {
    return (int) Math.ceil(scale * figures.stream().mapToInt(Figure::width).max().orElseThrow());
  }

  private int cellHeight() {
    return (int) Math.ceil(scale * figures.stream().mapToInt(Figure::height).max().orElseThrow());
  }

  @Override
  public int width() {
    return cellWidth() * Math.min(columns, figures.size());
  }

  @Override
  public int height() {
    return cellHeight() * ((figures.size() + columns - 1) / columns);
  }

  @Override
  public void paint(Graphics2D pen) {
    AffineTransform before = pen.getTransform();
    for (int i = 0; i < figures.size(); i++) {
      pen.translate(i % columns * cellWidth(), i / columns * cellHeight());
      pen.scale(scale, scale);
      figures.get(i).paint(pen);
      pen.setTransform(before);
    }
  }
}
