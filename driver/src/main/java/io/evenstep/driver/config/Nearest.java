package io.evenstep.driver.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known key that a misspelt one was most likely meant to be. */
final class Nearest {
  private Nearest() {}

  /** What an unknown key is told. */
  static String rule(String key, Collection<String> known) {
    return "must be a known key"
        + find(key, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /** The nearest of {@code known}, when one is near enough to be worth naming. */
  static Optional<String> find(String key, Collection<String> known) {
    Optional<String> near =
        known.stream()
            .min(Comparator.comparingInt((String name) -> distance(key, name)))
            .filter(name -> distance(key, name) <= Math.max(2, name.length() / 5));
    return near.or(
        () ->
            known.stream()
                .filter(name -> distance(last(key), last(name)) <= last(name).length() / 4)
                .min(Comparator.comparingInt((String name) -> distance(last(key), last(name)))));
  }

  /**
   * Letters to insert, drop, change or swap with their neighbour; {@code _}, {@code -} and capitals
   * do not count (optimal string alignment).
   */
  static int distance(String left, String right) {
    String a = folded(left);
    String b = folded(right);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
