package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
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
    return segments.get(0).kind().isCategory();
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
    return label.kind() == Segment.Kind.ONE_HOT && label.categories().size() == 2
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

  /** The scaling of numeric labels, a pair for each. */
  @JsonIgnore
  public Scaling scaling() {
    return segments.get(0).scaling();
  }

  /** The classes by index; empty when it is not a class. */
  @JsonIgnore
  public List<String> classes() {
    return segments.get(0).categories();
  }

  /** The source's columns, in order. */
  @JsonIgnore
  public List<String> columns() {
    return segments.stream().flatMap(segment -> segment.columns().stream()).toList();
  }
}
