package io.evenstep.model.data.token;

import io.evenstep.model.data.token.TokenRecipe.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns texts into tokens and back. Belongs to one thread. */
public final class Tokenizer {
  /** The token for all that the vocabulary lacks: the first of each vocabulary. */
  public static final String UNKNOWN = "\uFFFD";

  private final Unit unit;
  private final List<String> vocabulary;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Pieces pieces;

  /**
   * A tokenizer.
   *
   * @param vocabulary begins with {@link #UNKNOWN}; pieces are in the order in which they were
   *     learned
   */
  public Tokenizer(Unit unit, List<String> vocabulary) {
    this.unit = unit;
    this.vocabulary = List.copyOf(vocabulary);
    for (String token : this.vocabulary) {
      numbers.putIfAbsent(token, numbers.size());
    }
    this.pieces = new Pieces(numbers);
  }

  /** How many tokens there are. */
  public int size() {
    return vocabulary.size();
  }

  /** The numbers of a text's tokens; 0 for what the vocabulary lacks. */
  public List<Integer> encode(String text) {
    List<Integer> tokens = new ArrayList<>();
    switch (unit) {
      case CHARACTER ->
          TextUnits.characters(text).forEach(part -> tokens.add(numbers.getOrDefault(part, 0)));
      case WORD -> TextUnits.words(text).forEach(part -> tokens.add(numbers.getOrDefault(part, 0)));
      case PIECE -> TextUnits.words(text).forEach(word -> tokens.addAll(pieces.of(word)));
    }
    return tokens;
  }

  /**
   * The text of some tokens.
   *
   * @throws IndexOutOfBoundsException when the vocabulary lacks a number
   */
  public String decode(List<Integer> tokens) {
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append(vocabulary.get(token)));
    return text.toString();
  }
}
