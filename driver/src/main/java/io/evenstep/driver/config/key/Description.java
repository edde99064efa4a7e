package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import java.util.Locale;

/** Prints settings for people. The text is a valid job file. */
public final class Description {
  private Description() {}

  /** {@code training.batch: 64 # digits.yaml:12}, one line per key, in the catalogue's order. */
  public static String of(Settings settings) {
    StringBuilder lines = new StringBuilder();
    for (Key<?> key : KeyCatalogue.KEYS) {
      lines.append(
          settings
              .setting(key)
              .map(s -> line(key.name() + ": " + Printable.json(s.value()), s.origin().words()))
              .orElseGet(() -> line("# " + key.name() + ":", key.unset())));
    }
    return lines.toString();
  }

  private static String line(String setting, String remark) {
    return String.format(Locale.ROOT, "%-48s # %s%n", setting, remark);
  }
}
