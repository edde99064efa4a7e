package io.evenstep.driver.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Small pictures side by side: weights of units, or feature maps.
 *
 * @param title drawn above them
 * @param tiles at least one, all drawn at the same scale
 * @param shades how a number becomes a colour
 * @param columns of the picture, at least 1
 */
public record TileFigure(String title, List<Tile> tiles, Shades shades, int columns)
    implements Figure {
  private static final int MARGIN = 16;
  private static final int GAP = 8;
  private static final int HEAD = 34;
  private static final int CAPTION = 14;
  private static final int FOOT = 24;
  private static final int WIDTH = 720;
  private static final int MOST_SIDE = 110;
  private static final Color NEGATIVE = new Color(0xb2182b);
  private static final Color POSITIVE = new Color(0x2166ac);

  /** How a number becomes a colour. */
  public enum Shades {
    /** Negative numbers are red, positive ones blue, 0 is white. */
    SIGNED,
    /** From white for a tile's minimum to black for its maximum. */
    GREY
  }

  /** Copies the list and checks that it is not empty. */
  public TileFigure {
    tiles = List.copyOf(tiles);
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("Invalid tiles: must be one or more");
    }
  }

  /** In as many columns as look well. */
  public TileFigure(String title, List<Tile> tiles, Shades shades) {
    this(title, tiles, shades, usual(tiles.size()));
  }

  private static int usual(int tiles) {
    return Math.min(tiles, Math.max(4, (int) Math.ceil(Math.sqrt(tiles * 1.6))));
  }

  private int side() {
    return Math.min(MOST_SIDE, (WIDTH - 2 * MARGIN) / columns() - GAP);
  }

  private int tileHeight() {
    return Math.max(1, side() * tiles.get(0).height() / tiles.get(0).width());
  }

  @Override
  public int width() {
    return Math.max(320, 2 * MARGIN + columns() * (side() + GAP) - GAP);
  }

  @Override
  public int height() {
    int rows = (tiles.size() + columns() - 1) / columns();
    return HEAD + rows * (tileHeight() + CAPTION + GAP) + FOOT;
  }

  @Override
  public void paint(Graphics2D pen) {
    pen.setColor(Palette.INK);
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    pen.drawString(title, MARGIN, 22);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    double most = tiles.stream().mapToDouble(Tile::most).max().orElse(1);
    for (int i = 0; i < tiles.size(); i++) {
      int x = MARGIN + i % columns() * (side() + GAP);
      int y = HEAD + i / columns() * (tileHeight() + CAPTION + GAP);
      pen.drawImage(image(tiles.get(i), most), x, y, side(), tileHeight(), null);
      pen.setColor(Palette.GRID);
      pen.drawRect(x, y, side(), tileHeight());
      pen.setColor(Palette.SOFT);
      pen.drawString(tiles.get(i).caption(), x, y + tileHeight() + 11);
    }
    if (shades == Shades.SIGNED) {
      paintScale(pen, most);
    }
  }

  private BufferedImage image(Tile tile, double most) {
    // at its final size, so that scaling does not blur the pixels
    int wide = 4 * side();
    int high = 4 * tileHeight();
    BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int row = y * tile.height() / high;
        int column = x * tile.width() / wide;
        image.setRGB(x, y, color(tile, row, column, most).getRGB());
      }
    }
    return image;
  }

  private Color color(Tile tile, int row, int column, double most) {
    if (tile.channels() == 3) {
      return new Color(
          tile.level(0, row, column), tile.level(1, row, column), tile.level(2, row, column));
    }
    if (shades == Shades.GREY) {
      return Palette.mixed(Color.WHITE, Color.BLACK, tile.level(0, row, column));
    }
    double value = most == 0 ? 0 : tile.at(0, row, column) / most;
    return Palette.mixed(Color.WHITE, value < 0 ? NEGATIVE : POSITIVE, Math.abs(value));
  }

  private void paintScale(Graphics2D pen, double most) {
    int y = height() - FOOT + 6;
    int length = 120;
    for (int i = 0; i < length; i++) {
      double value = 2.0 * i / (length - 1) - 1;
      pen.setColor(Palette.mixed(Color.WHITE, value < 0 ? NEGATIVE : POSITIVE, Math.abs(value)));
      pen.fillRect(MARGIN + 52 + i, y, 1, 9);
    }
    pen.setColor(Palette.SOFT);
    pen.drawString(Ticks.text(-most), MARGIN, y + 9);
    pen.drawString(Ticks.text(most), MARGIN + 58 + length, y + 9);
  }
}
