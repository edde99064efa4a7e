package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenstep.model.data.column.TextRecipe;
import java.util.List;
import java.util.Objects;

/**
 * Columns of one kind that are adjacent in a record and in its tensor.
 *
 * @param kind what a value is
 * @param columns the source's columns, in order, at least one
 * @param shape shape of one value: [] for a number or a category, [n] for numbers, [channels,
 *     height, width] for an image
 * @param storage how each number is stored
 * @param categories of {@code INDEX} and {@code ONE_HOT}, by index; the levels of {@code ORDINAL},
 *     lowest first; the terms of {@code TEXT} unless they are hashed; the vocabulary of tokens;
 *     else empty
 * @param scaling scaling of the stored numbers
 * @param gaps how missing values are treated
 * @param format how a time is written; the name of a {@link io.evenstep.model.data.cell.NumberText}
 *     for numbers that are not plain; the {@link TextRecipe} of a text; the {@link
 *     io.evenstep.model.data.token.TokenRecipe} of tokens; {@link #PADDED} for sequences of unequal
 *     lengths; empty for others
 */
public record Segment(
    Kind kind,
    List<String> columns,
    List<Long> shape,
    Storage storage,
    List<String> categories,
    Scaling scaling,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Gaps.Usual.class) Gaps gaps,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String format) {

  /**
   * The format of a sequence whose values may have fewer numbers than its shape. A record holds NaN
   * for the numbers that a value lacks; a mask of the tensor says which there are.
   */
  public static final String PADDED = "padded";

  /** What a value of a column is. */
  public enum Kind {
    /** One number. */
    NUMBER,
    /** A category, as one number: its index. */
    INDEX,
    /** A category, one-hot: as many numbers as there are categories. */
    ONE_HOT,
    /** A fixed count of numbers: a sequence, a vector, or raw pixels. */
    NUMBERS,
    /** A PNG or JPEG file's bytes. */
    IMAGE,
    /** True or false, as 1 or 0. */
    TRUTH,
    /** A date or time, as the numbers of {@link io.evenstep.model.time.TimeParts}. */
    TIME,
    /** Whether a column has no value, as 1 or 0. */
    INDICATOR,
    /** One of some ordered levels, as one number: its place, from 0. */
    ORDINAL,
    /**
     * A text, as a number for each term. A record holds the count of each term as a byte, or, as
     * {@code I32}, only the terms that there are: index * 256 + count, and 0 for an unused place.
     */
    TEXT,
    /**
     * A text, as the numbers of its first tokens. A record holds the size of the vocabulary for
     * each token that a text lacks; the network gets 0.
     */
    TOKENS,
    /** The token after each of {@link #TOKENS}, one-hot: what a language model predicts. */
    NEXT_TOKENS;

    /** Whether values are sequences of tokens. */
    public boolean isTokens() {
      return this == TOKENS || this == NEXT_TOKENS;
    }

    /** Whether values are names of categories. */
    public boolean isCategory() {
      return this == INDEX || this == ONE_HOT;
    }
  }

  /** Copies the lists and checks that they fit each other. */
  public Segment {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(storage, "storage");
    columns = List.copyOf(columns);
    shape = List.copyOf(shape);
    categories = List.copyOf(categories);
    gaps = Objects.requireNonNullElse(gaps, Gaps.AS_ENCODED); // JSON may have none
    format = Objects.requireNonNullElse(format, ""); // JSON may have none
    require(!columns.isEmpty(), "must have a column", columns);
    boolean named = kind.isCategory() || kind == Kind.ORDINAL || kind.isTokens();
    require(
        kind == Kind.TEXT || named != categories.isEmpty(),
        "must have categories or none",
        categories);
    int numbers = kind == Kind.TEXT ? terms(categories, format) : columns.size() * product(shape);
    int pairs = scaling.shift().size();
    require(pairs == 0 || numbers % pairs == 0, "must scale equal runs of " + numbers, pairs);
    int fills = gaps.fill().size();
    require(fills == 0 || fills == numbers, "must fill each of " + numbers + " numbers", fills);
    boolean padded = kind == Kind.NUMBERS && format.equals(PADDED);
    boolean needsFormat = kind == Kind.TIME || kind == Kind.TEXT || kind.isTokens();
    require(
        kind == Kind.NUMBER || padded || needsFormat != format.isEmpty(),
        "must have a format or none",
        format);
    require(!padded || shape.size() == 2, "must pad a sequence only", shape);
  }

  /** A segment that follows the encoding's rule for missing values. */
  public Segment(
      Kind kind,
      List<String> columns,
      List<Long> shape,
      Storage storage,
      List<String> categories,
      Scaling scaling) {
    this(kind, columns, shape, storage, categories, scaling, Gaps.AS_ENCODED, "");
  }

  /** Whether values may have fewer numbers than the shape. */
  @JsonIgnore
  public boolean isPadded() {
    return kind == Kind.NUMBERS && format.equals(PADDED);
  }

  /** The index stored for a category that is not in {@link #categories}: the first after theirs. */
  @JsonIgnore
  public int unseenIndex() {
    return categories.size();
  }

  /** Numbers of the whole segment as stored. */
  @JsonIgnore
  public int stored() {
    return columns.size() * valueNumbers();
  }

  /** Numbers of one value as stored. */
  @JsonIgnore
  public int valueNumbers() {
    return product(shape);
  }

  /** Numbers of the whole segment in the tensor. */
  @JsonIgnore
  public int width() {
    return switch (kind) {
      case ONE_HOT -> columns.size() * categories.size();
      case TEXT -> terms(categories, format);
      case NEXT_TOKENS -> stored() * categories.size();
      default -> stored();
    };
  }

  /** Bytes of the whole segment in a record. */
  @JsonIgnore
  public int bytes() {
    return stored() * storage.bytes();
  }

  /** The same with other rules for missing values. */
  public Segment with(Gaps others) {
    return new Segment(kind, columns, shape, storage, categories, scaling, others, format);
  }

  /** The same without a place in the record, because an input has the numbers. */
  Segment copied() {
    return new Segment(
        kind, columns, shape, Storage.NONE, categories, scaling, Gaps.AS_ENCODED, format);
  }

  Segment as(Kind other) {
    return new Segment(other, columns, shape, storage, categories, scaling, gaps, format);
  }

  /** Numbers of a text. */
  private static int terms(List<String> categories, String format) {
    return categories.isEmpty() ? TextRecipe.of(format).terms() : categories.size();
  }

  Segment withRoomFor(Unseen unseen) {
    if (kind == Kind.TEXT) {
      return withAllTerms();
    }
    return unseen.isTakenBy(kind)
        ? new Segment(
            kind,
            columns,
            shape,
            Storage.forIndexes(unseenIndex() + 1),
            categories,
            scaling,
            gaps,
            format)
        : this;
  }

  /** The same with a byte for each term, so that a text may have any number of them. */
  private Segment withAllTerms() {
    return new Segment(
        kind, columns, List.of((long) width()), Storage.U8, categories, scaling, gaps, format);
  }

  public static int product(List<Long> shape) {
    return Math.toIntExact(
        shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("Invalid segment: " + rule + ", got " + value);
    }
  }
}
