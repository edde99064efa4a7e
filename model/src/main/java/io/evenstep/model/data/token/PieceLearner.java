package io.evenstep.model.data.token;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns pieces by byte-pair encoding: begins with the characters, and joins the most frequent pair
 * of neighbours until there are enough pieces, or no pair occurs twice. Of equally frequent pairs,
 * it joins the first in the order of text.
 */
final class PieceLearner {
  private static final int COMMON = 2;

  private final List<List<String>> words = new ArrayList<>(); // each as pieces
  private final List<Integer> counts = new ArrayList<>(); // of the words
  private final Map<Pair, Long> pairs = new HashMap<>(); // how often neighbours occur
  private final Map<Pair, Set<Integer>> places = new HashMap<>(); // words that may have a pair

  private record Pair(String left, String right) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparing(Pair::left).thenComparing(Pair::right);

    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }

    String joined() {
      return left + right;
    }
  }

  private PieceLearner(Map<String, Integer> counted) {
    new TreeMap<>(counted)
        .forEach(
            (word, count) -> {
              words.add(new ArrayList<>(TextUnits.characters(word)));
              counts.add(count);
              note(words.size() - 1, count);
            });
  }

  /**
   * The pieces: characters, the most frequent first, then the joined ones as they are learned.
   *
   * @param counted how often each word occurs
   * @param most how many pieces at most
   */
  static List<String> learn(Map<String, Integer> counted, int most) {
    return new PieceLearner(counted).learn(most);
  }

  private List<String> learn(int most) {
    Set<String> pieces = new LinkedHashSet<>(Vocabulary.frequent(characters(), 1, most));
    Optional<Pair> next = commonest();
    while (pieces.size() < most && next.isPresent()) {
      pieces.add(next.get().joined());
      join(next.get());
      next = commonest();
    }
    return List.copyOf(pieces);
  }

  private Map<String, Integer> characters() {
    Map<String, Integer> characters = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      int count = counts.get(i);
      words.get(i).forEach(part -> characters.merge(part, count, Integer::sum));
    }
    return characters;
  }

  private Optional<Pair> commonest() {
    Comparator<Map.Entry<Pair, Long>> byCount = Map.Entry.comparingByValue();
    return pairs.entrySet().stream()
        .filter(entry -> entry.getValue() >= COMMON)
        .max(byCount.thenComparing(Map.Entry.<Pair, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey);
  }

  private void join(Pair pair) {
    for (int word : List.copyOf(places.get(pair))) {
      int count = counts.get(word);
      note(word, -count);
      List<String> parts = words.get(word);
      for (int i = 0; i + 1 < parts.size(); i++) {
        if (parts.get(i).equals(pair.left()) && parts.get(i + 1).equals(pair.right())) {
          parts.set(i, pair.joined());
          parts.remove(i + 1);
        }
      }
      note(word, count);
    }
    pairs.remove(pair);
    places.remove(pair);
  }

  /** Adds the pairs of a word to the counts, or, with a negative count, takes them away. */
  private void note(int word, int count) {
    List<String> parts = words.get(word);
    for (int i = 0; i + 1 < parts.size(); i++) {
      Pair pair = new Pair(parts.get(i), parts.get(i + 1));
      pairs.merge(pair, (long) count, Long::sum);
      places.computeIfAbsent(pair, p -> new LinkedHashSet<>()).add(word);
    }
  }
}
