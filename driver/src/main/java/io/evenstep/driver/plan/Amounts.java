package io.evenstep.driver.plan;

import io.evenstep.model.NativeMemory;
import java.util.Locale;

/** Numbers as a person reads them. */
public final class Amounts {
  private Amounts() {}

  /** Bytes in the largest unit that leaves at least 1: {@code 68.9 KiB}. */
  public static String bytes(double bytes) {
    return NativeMemory.words(bytes);
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
