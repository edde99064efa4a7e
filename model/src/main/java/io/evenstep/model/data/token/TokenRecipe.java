package io.evenstep.model.data.token;

import io.evenstep.model.data.column.Terms;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a text becomes a sequence of tokens.
 *
 * @param unit what a token is
 * @param length tokens of a row, at least 1
 * @param terms tokens of the vocabulary at most, {@link Tokenizer#UNKNOWN} included; at least 2
 * @param characters pieces only: most characters of a row cut from a text file, at least 2
 */
public record TokenRecipe(Unit unit, int length, int terms, int characters)
    implements Terms, Serializable {
  private static final int PARTS = 4;

  /** What a token is. */
  public enum Unit {
    /** A Unicode character: a code point. */
    CHARACTER,
    /** A word with the space before it, or another character; see {@link TextUnits#words}. */
    WORD,
    /**
     * A piece of a word, learned by byte-pair encoding (Sennrich, Haddow and Birch, 2016, "Neural
     * Machine Translation of Rare Words with Subword Units").
     */
    PIECE
  }

  /** Checks the numbers. */
  public TokenRecipe {
    if (length < 1 || terms < 2 || characters < 2) {
      throw new IllegalArgumentException(
          "Invalid tokens: must have length 1, 2 terms and 2 characters at least, got "
              + List.of(length, terms, characters));
    }
  }

  /** A recipe whose rows have, if they are cut as pieces, two characters for each token. */
  public TokenRecipe(Unit unit, int length, int terms) {
    this(unit, length, terms, Math.max(2, 2 * length));
  }

  /** The recipe in one line; {@link #of} reads it. */
  public String format() {
    return String.format(
        Locale.ROOT,
        "%s %d %d %d",
        unit.name().toLowerCase(Locale.ROOT),
        length,
        terms,
        characters);
  }

  /** Reads the result of {@link #format}. */
  public static TokenRecipe of(String format) {
    String[] parts = format.split(" ");
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("Invalid recipe of tokens: " + format);
    }
    return new TokenRecipe(
        Unit.valueOf(parts[0].toUpperCase(Locale.ROOT)),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]));
  }

  /** The parts of a text that are counted: its characters, or its words. Joined, they are it. */
  public List<String> parts(String text) {
    return unit == Unit.CHARACTER ? TextUnits.characters(text) : TextUnits.words(text);
  }

  @Override
  public Map<String, Integer> count(String text) {
    Map<String, Integer> counts = new HashMap<>();
    parts(text).forEach(part -> counts.merge(part, 1, Integer::sum));
    return counts;
  }
}
