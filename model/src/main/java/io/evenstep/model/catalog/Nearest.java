package io.evenstep.model.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The name with the fewest edits to {@code written}, capitals not counting; empty when even that
   * one differs in more than half of its letters.
   */
  public static Optional<String> to(String written, Collection<String> names) {
    String lower = written.toLowerCase(Locale.ROOT);
    return names.stream()
        .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))))
        .filter(
            name ->
                2 * edits(lower, name.toLowerCase(Locale.ROOT))
                    <= Math.max(name.length(), lower.length()));
  }

  /** Levenshtein's distance (1966), one row at a time. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
