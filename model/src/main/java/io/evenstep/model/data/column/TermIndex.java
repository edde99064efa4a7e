package io.evenstep.model.data.column;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The terms of a text column and their numbers. */
public final class TermIndex {
  private static final int MOST_COUNT = 255;

  private final TextRecipe recipe;
  private final Map<String, Integer> numbers = new HashMap<>(); // of terms that are not hashed

  /**
   * Terms in the order of their numbers.
   *
   * @param vocabulary empty for hashed terms
   */
  public TermIndex(TextRecipe recipe, List<String> vocabulary) {
    this.recipe = recipe;
    vocabulary.forEach(term -> numbers.put(term, numbers.size()));
  }

  /**
   * How often the terms of a text occur, at most 255 times, by their numbers. Other terms are not
   * counted.
   */
  public SortedMap<Integer, Integer> counts(String text) {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    recipe
        .count(text)
        .forEach(
            (term, count) -> {
              Integer number = recipe.hashed() ? Integer.valueOf(term) : numbers.get(term);
              if (number != null) {
                counts.put(number, Math.min(MOST_COUNT, count));
              }
            });
    return counts;
  }
}
