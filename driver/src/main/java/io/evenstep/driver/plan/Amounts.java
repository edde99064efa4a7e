package io.evenstep.driver.plan;

import io.evenstep.model.NativeMemory;
import java.util.Locale;

/** Formats numbers for people. */
public final class Amounts {
  private Amounts() {}

  /** Bytes in the largest unit with a value of at least 1: {@code 68.9 KiB}. */
  public static String bytes(double bytes) {
    return NativeMemory.words(bytes);
  }

  /** Bytes in the format of Spark's settings, rounded up: {@code 900m}. */
  static String setting(long bytes) {
    return ((bytes + (1 << 20) - 1) >> 20) + "m";
  }

  /** Seconds in a suitable unit: {@code 0.55 ms}. */
  static String seconds(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3g ms", seconds * 1e3);
    }
    return String.format(Locale.ROOT, "%.3g s", seconds);
  }
}
