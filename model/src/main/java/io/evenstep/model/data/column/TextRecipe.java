package io.evenstep.model.data.column;

import io.evenstep.model.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a text becomes counts of terms. A term is a run of words or of characters.
 *
 * @param unit what a term is a run of
 * @param least units of the shortest terms, at least 1
 * @param most units of the longest terms
 * @param weighting what the network gets of a count
 * @param terms how many numbers at most; with {@code hashed}, exactly
 * @param hashed whether a term's number is a hash of it, so that no vocabulary is kept
 */
public record TextRecipe(
    Unit unit, int least, int most, Weighting weighting, int terms, boolean hashed)
    implements Terms {
  private static final int MOST_UNITS = 10;

  /** What terms consist of. */
  public enum Unit {
    /** Runs of letters and digits, in lower case. */
    WORD,
    /** Characters of each word, which begins and ends with a space. */
    CHARACTER
  }

  /** What the network gets of a term's count in a text. */
  public enum Weighting {
    /** The count. */
    COUNT,
    /**
     * The count times the term's inverse document frequency, ln((1 + rows) / (1 + rows with the
     * term)) + 1; each row is scaled to length 1 (Salton and Buckley, 1988).
     */
    TF_IDF
  }

  /** Checks the lengths. */
  public TextRecipe {
    if (least < 1 || most < least || most > MOST_UNITS || terms < 1) {
      throw new IllegalArgumentException(
          "Invalid terms: must be 1 to " + MOST_UNITS + " units long, got " + least + "-" + most);
    }
  }

  /** The recipe in one line; {@link #of} reads it. */
  public String format() {
    return String.format(
        Locale.ROOT,
        "%s %d-%d %s %d %s",
        unit.name().toLowerCase(Locale.ROOT),
        least,
        most,
        weighting.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        terms,
        hashed ? "hashed" : "vocabulary");
  }

  /** Reads the result of {@link #format}. */
  public static TextRecipe of(String format) {
    String[] parts = format.split("[ ]|(?<=\\d)-(?=\\d)");
    if (parts.length != 6) {
      throw new IllegalArgumentException("Invalid recipe of a text: " + format);
    }
    return new TextRecipe(
        Unit.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Weighting.valueOf(parts[3].toUpperCase(Locale.ROOT).replace('-', '_')),
        Integer.parseInt(parts[4]),
        parts[5].equals("hashed"));
  }

  /** The terms of a text, sorted, each with its count; the numbers of hashed terms as text. */
  @Override
  public Map<String, Integer> count(String text) {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> words = words(text);
    if (unit == Unit.WORD) {
      addRuns(words, " ", counts);
    } else {
      for (String word : words) {
        List<String> characters =
            (" " + word + " ").codePoints().mapToObj(Character::toString).toList();
        addRuns(characters, "", counts);
      }
    }
    return counts;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c)
                  || Character.getType(c) == Character.NON_SPACING_MARK) {
                word.appendCodePoint(Character.toLowerCase(c));
              } else {
                end(word, words);
              }
            });
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private void addRuns(List<String> units, String between, Map<String, Integer> counts) {
    for (int from = 0; from < units.size(); from++) {
      for (int length = least; length <= most && from + length <= units.size(); length++) {
        String term = String.join(between, units.subList(from, from + length));
        counts.merge(hashed ? String.valueOf(bucket(term)) : term, 1, Integer::sum);
      }
    }
  }

  private int bucket(String term) {
    return (int) Math.floorMod(SplitMix64.hash(term), (long) terms);
  }
}
