package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenstep.model.ConfigException;
import io.evenstep.model.decision.Decision;
import java.util.List;
import java.util.Objects;

/**
 * How a record stores one input or output of the network.
 *
 * @param name of the input or output
 * @param shape of one row of the tensor, without the rows dimension
 * @param segments adjacent, in the order of the tensor's numbers
 * @param decisions one: how probabilities of a class become a prediction; empty for the usual way
 */
public record TensorEncoding(
    String name,
    List<Long> shape,
    List<Segment> segments,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Decision> decisions) {
  /** Copies the lists and checks the shape against the segments. */
  public TensorEncoding {
    Objects.requireNonNull(name, "name");
    shape = List.copyOf(shape);
    segments = List.copyOf(segments);
    decisions = List.copyOf(Objects.requireNonNullElse(decisions, List.of())); // JSON may have none
    int numbers = segments.stream().mapToInt(Segment::width).sum();
    if (Segment.product(shape) != numbers) {
      throw new IllegalArgumentException(
          "Invalid shape of " + name + ": must hold " + numbers + " numbers, got " + shape);
    }
  }

  /** An encoding whose classes are predicted in the usual way. */
  public TensorEncoding(String name, List<Long> shape, List<Segment> segments) {
    this(name, shape, segments, List.of());
  }

  /** How probabilities of a class become a prediction. */
  @JsonIgnore
  public Decision decision() {
    return decisions.isEmpty() ? Decision.USUAL : decisions.get(0);
  }

  /** The same, with another decision. */
  public TensorEncoding deciding(Decision decision) {
    return new TensorEncoding(
        name, shape, segments, decision.equals(Decision.USUAL) ? List.of() : List.of(decision));
  }

  /**
   * An output whose numbers are those of this input, so that a record need not hold them. An image
   * becomes a vector; a sequence keeps its steps.
   *
   * @throws ConfigException when values may have fewer numbers than the shape
   */
  public TensorEncoding copied(String name) {
    if (isPadded()) {
      throw new ConfigException(
          "data.task",
          "must not be reconstruction where sequences have unequal lengths; set length to cut them"
              + " all to one length",
          "reconstruction");
    }
    List<Long> flat = shape.size() == 2 ? shape : List.of((long) width());
    return new TensorEncoding(name, flat, segments.stream().map(Segment::copied).toList());
  }

  /** A copy with the stored numbers of the input that it is a copy of, in its own shape. */
  TensorEncoding storedAs(TensorEncoding input) {
    return new TensorEncoding(name, shape, input.segments);
  }

  /** Whether a record holds none of the numbers, because they are those of an input. */
  @JsonIgnore
  public boolean isCopy() {
    return segments.get(0).storage() == Storage.NONE;
  }

  /** Numbers of one row that are evaluated together: those of a step of a sequence, else all. */
  @JsonIgnore
  public int widthOfStep() {
    return shape.size() == 2 ? Math.toIntExact(shape.get(0)) : width();
  }

  /** Numbers of one row of the tensor. */
  @JsonIgnore
  public int width() {
    return Segment.product(shape);
  }

  /** Bytes in a record. */
  @JsonIgnore
  public int bytes() {
    return segments.stream().mapToInt(Segment::bytes).sum();
  }

  /**
   * Whether it is one of several classes: one-hot, or, for two classes, the probability of the
   * second.
   */
  @JsonIgnore
  public boolean isClass() {
    return !isCopy() && segments.get(0).kind().isCategory();
  }

  /** Whether its sequences have unequal lengths, so that a mask says which steps there are. */
  @JsonIgnore
  public boolean isPadded() {
    return segments.stream().anyMatch(Segment::isPadded);
  }

  /** Whether it is the next token of a text at each step. */
  @JsonIgnore
  public boolean isNextToken() {
    return segments.get(0).kind() == Segment.Kind.NEXT_TOKENS;
  }

  /** How many tokens there are, if it is a text's tokens; else 0. */
  @JsonIgnore
  public int vocabulary() {
    return segments.get(0).kind().isTokens() ? classes().size() : 0;
  }

  /** Turns a label of two classes into one number, 0 or 1; others do not change. */
  TensorEncoding asOneProbability() {
    Segment label = segments.get(0);
    return isClass() && label.kind() == Segment.Kind.ONE_HOT && label.categories().size() == 2
        ? new TensorEncoding(name, List.of(1L), List.of(label.as(Segment.Kind.INDEX)), decisions)
        : this;
  }

  /** The same, but one-hot columns can store an unknown category. */
  TensorEncoding withRoomFor(Unseen unseen) {
    return new TensorEncoding(
        name,
        shape,
        segments.stream().map(segment -> segment.withRoomFor(unseen)).toList(),
        decisions);
  }

  /** The scaling of numeric labels, a pair for each; none for copies, which stay as they are. */
  @JsonIgnore
  public Scaling scaling() {
    return isCopy() ? Scaling.NONE : segments.get(0).scaling();
  }

  /** The classes by index; empty when it is not a class. */
  @JsonIgnore
  public List<String> classes() {
    return isCopy() ? List.of() : segments.get(0).categories();
  }

  /** The source's columns, in order. */
  @JsonIgnore
  public List<String> columns() {
    return segments.stream().flatMap(segment -> segment.columns().stream()).toList();
  }
}
