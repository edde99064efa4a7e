package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a row of a source becomes a fixed-size record, and a record the tensors of a network. It is
 * stored with a pack and with a model; a model's rows are encoded by it ever after.
 *
 * <p>A record holds the segments of the inputs, then those of the outputs and the weight, without
 * gaps.
 *
 * @param version of this layout
 * @param inputs at least one
 * @param outputs the labels; empty for rows that carry none
 * @param missing what happens to a row with a missing value
 * @param fill what {@link Missing#FILL} puts in place of a missing number, before scaling
 * @param unseen what happens to a category of an input that is not among the column's
 * @param weights one number of shape [1], by which a row's loss is multiplied in training; empty
 *     where each row counts once
 * @param absent texts that stand for no value, besides blank ones
 */
public record Encoding(
    int version,
    List<TensorEncoding> inputs,
    List<TensorEncoding> outputs,
    Missing missing,
    float fill,
    Unseen unseen,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TensorEncoding> weights,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> absent) {

  /** The layout this code writes. */
  public static final int VERSION = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the lists and checks the version. */
  public Encoding {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(missing, "missing");
    Objects.requireNonNull(unseen, "unseen");
    weights = List.copyOf(Objects.requireNonNullElse(weights, List.of())); // JSON may have none
    absent = List.copyOf(Objects.requireNonNullElse(absent, List.of())); // JSON may have none
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Invalid encoding: version must be " + VERSION + ", got " + version);
    }
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Invalid encoding: must have an input, got none");
    }
  }

  /** An encoding of rows that count once each. */
  public Encoding(
      int version,
      List<TensorEncoding> inputs,
      List<TensorEncoding> outputs,
      Missing missing,
      float fill,
      Unseen unseen) {
    this(version, inputs, outputs, missing, fill, unseen, List.of(), List.of());
  }

  /** Bytes of a whole record. */
  @JsonIgnore
  public int recordBytes() {
    return tensors().mapToInt(TensorEncoding::bytes).sum();
  }

  /** The shape of one row of the first input, without the rows. */
  @JsonIgnore
  public List<Long> inputShape() {
    return inputs.get(0).shape();
  }

  /** The classes of the first output by index; empty when it is numbers, or there is none. */
  @JsonIgnore
  public List<String> classes() {
    return outputs.isEmpty() ? List.of() : outputs.get(0).classes();
  }

  /** This encoding for rows without labels, which have no weight either. */
  public Encoding withoutOutputs() {
    return new Encoding(version, inputs, List.of(), missing, fill, unseen, List.of(), absent);
  }

  /** This encoding for rows that count once each. */
  public Encoding withoutWeights() {
    return new Encoding(version, inputs, outputs, missing, fill, unseen, List.of(), absent);
  }

  /** This encoding for rows that are to be treated otherwise; its records may be longer. */
  public Encoding with(Leniency leniency) {
    Unseen others = leniency.unseen();
    return new Encoding(
        version,
        inputs.stream().map(input -> input.withRoomFor(others)).toList(),
        outputs,
        leniency.missing(),
        leniency.fill(),
        others,
        weights,
        absent);
  }

  /**
   * This encoding for a network whose outputs have so many numbers: one that gives a single number
   * for two classes gives the probability of the second. Records stay as they are.
   */
  public Encoding forOutputsOf(List<Integer> widths) {
    List<TensorEncoding> fitted = new ArrayList<>(outputs);
    for (int i = 0; i < Math.min(widths.size(), outputs.size()); i++) {
      TensorEncoding output = outputs.get(i);
      fitted.set(i, widths.get(i) == 1 ? output.asOneProbability() : output);
    }
    return new Encoding(version, inputs, fitted, missing, fill, unseen, weights, absent);
  }

  /** A decoder of this encoding's records. */
  public RecordDecoder decoder() {
    return new TensorDecoder(this);
  }

  /** An encoder of rows to this encoding's records. */
  public RowEncoder encoder() {
    return new RowEncoder(this);
  }

  /**
   * Checks that a model trained on this encoding can take the rows of another.
   *
   * @throws DataException naming the first thing that differs
   */
  public void requireFits(Encoding other) {
    List<Integer> widths = outputs.stream().map(TensorEncoding::width).toList();
    EncodingComparison.requireSame(this, other.forOutputsOf(widths));
  }

  /** This encoding as JSON, always the same text for the same encoding. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An encoding is plain values", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws DataException when it is something else
   */
  public static Encoding fromJson(String json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, Encoding.class))
          .orElseThrow(() -> new DataException("Cannot read encoding: it is null"));
    } catch (JsonProcessingException e) {
      throw new DataException("Cannot read encoding: " + Reason.of(e), e);
    }
  }

  Stream<TensorEncoding> tensors() {
    return Stream.of(inputs, outputs, weights).flatMap(List::stream);
  }
}
