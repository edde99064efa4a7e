package io.evenstep.driver.plan;

import java.util.Locale;

/** Numbers as a person reads them. */
public final class Amounts {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};
  private static final int STEP = 1024;

  private Amounts() {}

  /** Bytes in the largest unit that leaves at least 1: {@code 68.9 KiB}. */
  public static String bytes(double bytes) {
    if (bytes < STEP) {
      return String.format(Locale.ROOT, "%.0f bytes", bytes);
    }
    int unit = -1;
    double scaled = bytes;
    while (scaled >= STEP && unit < UNITS.length - 1) {
      scaled /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%,.1f %s", scaled, UNITS[unit]);
  }

  /** Bytes as Spark's settings take them, rounded up: {@code 900m}. */
  static String setting(long bytes) {
    return ((bytes + (1 << 20) - 1) >> 20) + "m";
  }

  /** Seconds in a unit that suits: {@code 0.55 ms}. */
  static String seconds(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3g ms", seconds * 1e3);
    }
    return String.format(Locale.ROOT, "%.3g s", seconds);
  }
}
