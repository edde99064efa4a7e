package io.evenstep.driver.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Round numbers for the ticks of an axis. */
final class Ticks {
  private static final int MOST = 7;

  private Ticks() {}

  /** About five multiples of 1, 2 or 5 times a power of ten, from low to high. */
  static List<Double> between(double low, double high) {
    double step = Math.pow(10, Math.floor(Math.log10((high - low) / MOST)));
    double[] factors = {1, 2, 5, 10};
    for (double factor : factors) {
      if ((high - low) / (step * factor) <= MOST) {
        step *= factor;
        break;
      }
    }
    double by = step;
    return LongStream.rangeClosed((long) Math.ceil(low / by), (long) Math.floor(high / by))
        .mapToObj(i -> i * by)
        .toList();
  }

  /** A number with three significant digits. */
  static String text(double number) {
    if (number == 0) {
      return "0";
    }
    double size = Math.abs(number);
    if (size >= 1e5 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.1e", number);
    }
    String text =
        String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f", number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
