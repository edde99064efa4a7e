package io.evenstep.model.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {
  /** Length of a common prefix from which on two names count as near. */
  private static final int SAME_BEGINNING = 4;

  private Nearest() {}

  /**
   * The name with the fewest edits to {@code written}, ignoring case. Empty when even that one
   * differs in more than a third of its letters and neither is a prefix of the other.
   */
  public static Optional<String> to(String written, Collection<String> names) {
    String lower = written.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> isNear(lower, name.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))));
  }

  private static boolean isNear(String written, String name) {
    int shorter = Math.min(written.length(), name.length());
    return 3 * edits(written, name) <= Math.max(written.length(), name.length())
        || (shorter >= SAME_BEGINNING && written.regionMatches(0, name, 0, shorter));
  }

  /**
   * Letters inserted, deleted, replaced, or swapped with their neighbour, each counting 1 (Damerau,
   * 1964, "A technique for computer detection and correction of spelling errors").
   */
  private static int edits(String from, String to) {
    int[][] edits =
        new int[from.length() + 1][to.length() + 1]; // [letters of one, letters of the other]
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (isSwap(from, i, to, j)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[from.length()][to.length()];
  }

  private static boolean isSwap(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
