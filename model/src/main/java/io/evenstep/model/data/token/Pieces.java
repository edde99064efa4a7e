package io.evenstep.model.data.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts words into pieces. Neighbours are joined in the order in which the joined pieces were
 * learned, as in byte-pair encoding, until no two neighbours form a known piece.
 */
final class Pieces {
  private static final int MOST_KEPT = 100_000;

  private final Map<String, Integer> numbers;
  private final Map<String, List<Integer>> kept = new HashMap<>(); // of words seen before

  /**
   * @param numbers of the pieces, in the order in which they were learned
   */
  Pieces(Map<String, Integer> numbers) {
    this.numbers = numbers;
  }

  /** The numbers of a word's pieces; 0 for an unknown character. */
  List<Integer> of(String word) {
    List<Integer> known = kept.get(word);
    if (known != null) {
      return known;
    }
    List<Integer> cut = cut(word);
    if (kept.size() < MOST_KEPT) {
      kept.put(word, cut);
    }
    return cut;
  }

  private List<Integer> cut(String word) {
    List<String> parts = new ArrayList<>(TextUnits.characters(word));
    for (int at = first(parts); at >= 0; at = first(parts)) {
      parts.set(at, parts.get(at) + parts.remove(at + 1));
    }
    return parts.stream().map(part -> numbers.getOrDefault(part, 0)).toList();
  }

  /** The place of the pair that was learned first; of equal pairs, the leftmost; -1 for none. */
  private int first(List<String> parts) {
    int best = -1;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < parts.size(); i++) {
      int number = numbers.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
      if (number < least) {
        least = number;
        best = i;
      }
    }
    return best;
  }
}
