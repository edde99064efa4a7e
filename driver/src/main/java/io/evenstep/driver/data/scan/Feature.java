package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import io.evenstep.model.data.column.Terms;
import io.evenstep.model.data.column.TextRecipe;
import io.evenstep.model.data.token.TokenRecipe;
import java.io.Serializable;
import java.util.List;

/**
 * One feature column of a source.
 *
 * @param column its name
 * @param kind type of a value
 * @param shape of one value, as in {@link io.evenstep.model.data.Segment}
 * @param storage of one number; that of categories is set after they are counted
 * @param normalize how its numbers are scaled
 * @param gaps how its missing values are treated
 * @param reading how its cells are written
 * @param shaping how its numbers are changed before they are scaled
 */
public record Feature(
    String column,
    Kind kind,
    List<Long> shape,
    Storage storage,
    Normalization normalize,
    FeatureGaps gaps,
    Reading reading,
    Shaping shaping)
    implements Serializable {
  /**
   * How cells are written.
   *
   * @param format of times and numbers, and the recipe of a text or of tokens; empty for other
   *     kinds
   * @param levels of ordinal cells, lowest first
   */
  public record Reading(String format, List<String> levels) implements Serializable {
    static final Reading PLAIN = new Reading("", List.of());

    public Reading {
      levels = List.copyOf(levels);
    }

    static Reading of(String format) {
      return new Reading(format, List.of());
    }
  }

  public Feature {
    shape = List.copyOf(shape);
  }

  /** The format of its times or numbers, or the recipe of its texts; else empty. */
  public String format() {
    return reading.format();
  }

  /** Whether its terms or tokens are counted. */
  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.TOKENS;
  }

  /** What is counted in its texts. */
  Terms terms() {
    return kind == Kind.TEXT ? TextRecipe.of(format()) : TokenRecipe.of(format());
  }

  /** Stored numbers of one value. */
  int numbers() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /** Number of groups of a value's numbers with separate statistics. */
  int groups() {
    return switch (kind) {
      case NUMBER, TRUTH, INDICATOR, ORDINAL -> 1;
      case TIME -> numbers();
      case INDEX, ONE_HOT, TEXT, TOKENS, NEXT_TOKENS -> 0;
      case IMAGE -> Math.toIntExact(shape.get(0));
      case NUMBERS ->
          isSequence() ? 1 : shape.size() == 3 ? Math.toIntExact(shape.get(0)) : numbers();
    };
  }

  /** Whether a value may have fewer numbers than the shape. */
  boolean isPadded() {
    return kind == Kind.NUMBERS && format().equals(Segment.PADDED);
  }

  /** A sequence has one quantity over time: shape [1, length]. */
  boolean isSequence() {
    return shape.size() == 2;
  }

  /**
   * Whether statistics of its numbers are needed: to scale them, or to check the precision of
   * floats.
   */
  boolean isMeasured() {
    return needsStatistics() || (hasNumbers() && storage != Storage.U8);
  }

  /** Whether the replacement of missing values comes from the training rows. */
  boolean fillIsLearned() {
    boolean numbers = hasNumbers() && kind != Kind.INDICATOR && storage == Storage.F32;
    return numbers && gaps.isLearned();
  }

  /** Whether its median is needed; cyclic parts of times have none. */
  boolean needsMedian() {
    return fillIsLearned()
        && gaps.rule() == DataSpec.Missing.MEDIAN
        && (kind == Kind.TRUTH || isNumber());
  }

  /** Whether its transforms and its scale are fitted to a sample of the training rows. */
  boolean isFitted() {
    boolean byRank = normalize == Normalization.ROBUST || normalize == Normalization.QUANTILE;
    return isNumber() && (byRank || !shaping.equals(Shaping.NONE));
  }

  private boolean isNumber() {
    return kind == Kind.NUMBER || kind == Kind.ORDINAL;
  }

  private boolean hasNumbers() {
    return !kind.isCategory() && !isText();
  }

  /** Whether its scale comes from the training rows. */
  boolean needsStatistics() {
    return switch (normalize) {
      case NONE -> false;
      case STANDARD, MIN_MAX, ROBUST, QUANTILE -> hasNumbers();
      case SCALE -> hasNumbers() && storage != Storage.U8;
    };
  }
}
