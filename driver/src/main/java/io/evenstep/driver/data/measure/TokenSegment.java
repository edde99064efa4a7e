package io.evenstep.driver.data.measure;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Gaps;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.data.token.Vocabulary;
import java.util.List;

/** Builds the parts of a record that hold the tokens of a text. */
public final class TokenSegment {
  private TokenSegment() {}

  /** The segment of a column, with the vocabulary of the training rows. */
  static Segment of(String column, TokenRecipe recipe, TermCounts counts, Gaps gaps) {
    List<String> vocabulary = Vocabulary.of(recipe, counts.counts());
    return segment(Kind.TOKENS, column, recipe.format(), vocabulary, gaps);
  }

  private static Segment segment(
      Kind kind, String column, String format, List<String> vocabulary, Gaps gaps) {
    return new Segment(
        kind,
        List.of(column),
        List.of((long) TokenRecipe.of(format).length()),
        Storage.forIndexes(vocabulary.size() + 1), // one more stands for no token
        vocabulary,
        Scaling.NONE,
        gaps,
        format);
  }

  /**
   * The output that predicts the next token of the only input: [vocabulary, steps].
   *
   * @throws ConfigException when the input is no tokens
   */
  public static TensorEncoding next(String name, List<TensorEncoding> inputs) {
    Segment tokens = inputs.get(0).segments().get(0);
    if (tokens.kind() != Kind.TOKENS) {
      throw new ConfigException(
          "data.features",
          "must be one column of type tokens for data.task next-token",
          tokens.columns());
    }
    Segment next =
        segment(
            Kind.NEXT_TOKENS,
            tokens.columns().get(0),
            tokens.format(),
            tokens.categories(),
            tokens.gaps());
    List<Long> shape = List.of((long) next.categories().size(), (long) next.stored());
    return new TensorEncoding(name, shape, List.of(next));
  }

  /**
   * Checks that tokens share no input with other columns.
   *
   * @throws ConfigException naming the columns of an input where they do
   */
  public static void requireAlone(List<TensorEncoding> inputs) {
    for (TensorEncoding input : inputs) {
      boolean tokens = input.segments().stream().anyMatch(segment -> segment.kind().isTokens());
      if (tokens && input.segments().size() > 1) {
        throw new ConfigException(
            "data.features",
            "must have a column of type tokens alone: give other columns an input of their own with"
                + " data.inputs",
            input.columns());
      }
    }
  }
}
