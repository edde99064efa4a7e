package io.evenstep.driver.plot;

import java.awt.Color;
import java.util.List;

/** The colours of the report page. */
public final class Palette {
  /** Text and marks. */
  public static final Color INK = new Color(0x1b2430);

  /** Texts of axes. */
  public static final Color SOFT = new Color(0x5a6675);

  /** Lines of a grid. */
  public static final Color GRID = new Color(0xdde2e8);

  private static final List<Color> LINES =
      List.of(
          new Color(0x1f6feb),
          new Color(0xd9622b),
          new Color(0x2a9d60),
          new Color(0x9a5bd2),
          new Color(0xc2367f),
          new Color(0x8a7400),
          new Color(0x0b8fa3),
          new Color(0x6b7480),
          new Color(0xb5382d),
          new Color(0x4b5fb3));

  private Palette() {}

  /** The colour of a series or a class, from 0. */
  public static Color of(int i) {
    return LINES.get(i % LINES.size());
  }

  static Color[] all() {
    return LINES.toArray(Color[]::new);
  }

  /**
   * Mixes two colours.
   *
   * @param share of the second, 0 to 1
   */
  public static Color mixed(Color one, Color other, double share) {
    double part = Math.max(0, Math.min(1, share));
    return new Color(
        (int) Math.round(one.getRed() + part * (other.getRed() - one.getRed())),
        (int) Math.round(one.getGreen() + part * (other.getGreen() - one.getGreen())),
        (int) Math.round(one.getBlue() + part * (other.getBlue() - one.getBlue())));
  }
}
