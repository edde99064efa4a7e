package io.evenstep.model.data.token;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Learns the vocabulary of texts. The result depends only on the counts. */
public final class Vocabulary {
  private static final int COMMON = 2; // times that a word occurs, so that it can tell something

  private Vocabulary() {}

  /**
   * The tokens of texts: {@link Tokenizer#UNKNOWN} first, then the most frequent ones, or the
   * pieces in the order in which they are learned. A word that occurs once is left out.
   *
   * @param counts of the texts' parts, see {@link TokenRecipe#count}
   */
  public static List<String> of(TokenRecipe recipe, Map<String, Integer> counts) {
    int most = recipe.terms() - 1;
    List<String> tokens =
        switch (recipe.unit()) {
          case CHARACTER -> frequent(counts, 1, most);
          case WORD -> frequent(counts, COMMON, most);
          case PIECE -> PieceLearner.learn(counts, most);
        };
    List<String> all = new ArrayList<>(List.of(Tokenizer.UNKNOWN));
    tokens.stream().filter(token -> !token.equals(Tokenizer.UNKNOWN)).forEach(all::add);
    return List.copyOf(all);
  }

  /**
   * The most frequent texts, the first of them most; of equally frequent ones, the first in order.
   *
   * @param counts how often each occurs
   * @param least leaves out those that occur less often
   * @param most how many at most
   */
  public static List<String> frequent(Map<String, Integer> counts, int least, int most) {
    Comparator<Map.Entry<String, Integer>> order =
        Map.Entry.comparingByValue(Comparator.reverseOrder());
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= least)
        .sorted(order.thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
