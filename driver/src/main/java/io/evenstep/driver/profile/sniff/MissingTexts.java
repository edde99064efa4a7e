package io.evenstep.driver.profile.sniff;

import java.util.Set;

/** Texts that usually mean a missing value. */
public final class MissingTexts {
  private static final Set<String> KNOWN =
      Set.of(
          "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "-nan", "NaT", "NULL", "null", "Null",
          "None", "\\N", "?", "-", "--", "---", ".", "<NA>", "nil");

  private MissingTexts() {}

  public static boolean contains(String text) {
    return KNOWN.contains(text);
  }
}
