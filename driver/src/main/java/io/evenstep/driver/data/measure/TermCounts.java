package io.evenstep.driver.data.measure;

import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.token.Vocabulary;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In how many training rows each term of a text column occurs, or how often each token does. It
 * holds at most 400,000 terms: with more it drops the rarest, so that rare terms of a very large
 * text are counted from where they were last dropped (Manku and Motwani, 2002). The result depends
 * only on the rows and their partitions.
 */
public final class TermCounts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 400_000;
  private static final int COMMON = 2; // rows with a term, so that it can tell something

  private final boolean eachTime; // whether a term counts as often as it occurs in a row
  private final Map<String, Integer> rowsWith = new HashMap<>();
  private long rows;
  private int longest;

  private TermCounts(boolean eachTime) {
    this.eachTime = eachTime;
  }

  /** Empty counts of the rows with each term, or, for tokens, of all their occurrences. */
  public static TermCounts of(Kind kind) {
    return new TermCounts(kind == Kind.TOKENS);
  }

  /** Counts the terms of a training row. */
  public void add(Map<String, Integer> terms) {
    rows++;
    terms.forEach((term, times) -> rowsWith.merge(term, eachTime ? times : 1, Integer::sum));
    limit();
  }

  /** Notes how many different terms a row has, whatever it is for. */
  public void note(Map<String, Integer> terms) {
    longest = Math.max(longest, terms.size());
  }

  /** Adds the counts of later rows. */
  public void add(TermCounts later) {
    rows += later.rows;
    longest = Math.max(longest, later.longest);
    later.rowsWith.forEach((term, count) -> rowsWith.merge(term, count, Integer::sum));
    limit();
  }

  private void limit() {
    if (rowsWith.size() > MOST) {
      for (int least = 1; rowsWith.size() > MOST / 2; least++) {
        int rare = least;
        rowsWith.values().removeIf(count -> count <= rare);
      }
    }
  }

  /** How often each term was counted. */
  Map<String, Integer> counts() {
    return Map.copyOf(rowsWith);
  }

  /** Different terms of the row that has most. */
  public int longest() {
    return longest;
  }

  /**
   * The terms that most rows have, the most frequent first. Terms of one row only are left out,
   * unless there are no others.
   *
   * @param most how many at most
   */
  public List<String> terms(int most) {
    boolean some = rowsWith.values().stream().anyMatch(count -> count >= COMMON);
    return Vocabulary.frequent(rowsWith, some ? COMMON : 1, most);
  }

  /** The inverse document frequency of a term: ln((1 + rows) / (1 + rows with it)) + 1. */
  public double inverseFrequency(String term) {
    return StrictMath.log((1.0 + rows) / (1.0 + rowsWith.getOrDefault(term, 0))) + 1;
  }
}
