package io.evenstep.model.data.column;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The terms of a text column and their numbers. */
public final class TermIndex {
  private static final int MOST_COUNT = 255;

  private final TextRecipe recipe;
  private final Map<String, Integer> numbers = new HashMap<>(); // of terms that are not hashed
  private final int size;

  /**
   * Terms in the order of their numbers.
   *
   * @param vocabulary empty for hashed terms
   */
  public TermIndex(TextRecipe recipe, List<String> vocabulary) {
    this.recipe = recipe;
    this.size = recipe.hashed() ? recipe.terms() : vocabulary.size();
    vocabulary.forEach(term -> numbers.put(term, numbers.size()));
  }

  /** How often each term occurs in a text, at most 255 times. Other terms are not counted. */
  public int[] counts(String text) {
    int[] counts = new int[size];
    recipe
        .count(text)
        .forEach(
            (term, count) -> {
              Integer number = recipe.hashed() ? Integer.valueOf(term) : numbers.get(term);
              if (number != null) {
                counts[number] = Math.min(MOST_COUNT, count);
              }
            });
    return counts;
  }
}
