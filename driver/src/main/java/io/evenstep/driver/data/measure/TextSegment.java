package io.evenstep.driver.data.measure;

import io.evenstep.model.data.Gaps;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.column.TextRecipe;
import io.evenstep.model.data.token.TokenRecipe;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Builds the part of a record that holds a text. */
public final class TextSegment {
  private TextSegment() {}

  /**
   * The segment of a column with texts.
   *
   * @param kind {@code TEXT} or {@code TOKENS}
   * @param format of the segment: its recipe
   */
  public static Segment of(Kind kind, String column, String format, TermCounts counts, Gaps gaps) {
    return kind == Kind.TEXT
        ? of(column, TextRecipe.of(format), counts, gaps)
        : TokenSegment.of(column, TokenRecipe.of(format), counts, gaps);
  }

  /**
   * The segment of a text column.
   *
   * @param counts of the training rows; a column without terms gets one that is always 0
   */
  public static Segment of(String column, TextRecipe recipe, TermCounts counts, Gaps gaps) {
    List<String> known = recipe.hashed() ? numbered(recipe.terms()) : counts.terms(recipe.terms());
    List<String> terms = known.isEmpty() ? List.of("") : known;
    int places = Math.max(1, Math.min(terms.size(), counts.longest()));
    boolean sparse = places * Storage.I32.bytes() < terms.size();
    return new Segment(
        Kind.TEXT,
        List.of(column),
        List.of((long) (sparse ? places : terms.size())),
        sparse ? Storage.I32 : Storage.U8,
        recipe.hashed() ? List.of() : terms,
        weights(recipe, terms, counts),
        gaps,
        recipe.format());
  }

  private static List<String> numbered(int terms) {
    return IntStream.range(0, terms).mapToObj(String::valueOf).toList();
  }

  private static Scaling weights(TextRecipe recipe, List<String> terms, TermCounts counts) {
    if (recipe.weighting() == TextRecipe.Weighting.COUNT) {
      return Scaling.NONE;
    }
    return new Scaling(
        Collections.nCopies(terms.size(), 0.0),
        terms.stream().map(counts::inverseFrequency).toList());
  }
}
