package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a row of a source becomes a fixed-size record, and how a record becomes the tensors of a
 * network. It is stored with the pack and with the model. All rows that the model scores later are
 * encoded by it.
 *
 * <p>A record holds the segments of the inputs, then the outputs, then the weight, without gaps.
 *
 * @param version of this layout
 * @param inputs at least one
 * @param outputs the labels; empty for rows that carry none
 * @param missing what happens to a row with a missing value
 * @param fill what {@link Missing#FILL} puts in place of a missing number, before scaling
 * @param unseen what happens to an input's category that is not among the column's
 * @param weights one number of shape [1] that multiplies a row's loss in training; empty when each
 *     row counts once
 * @param absent texts that mean "no value", besides blank ones
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

  /** The layout version that this code writes. */
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

  /** An encoding of rows without weights. */
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

  /** The shape of one row of the first input, without the rows dimension. */
  @JsonIgnore
  public List<Long> inputShape() {
    return inputs.get(0).shape();
  }

  /** For each input, whether a mask says which steps its sequences have. */
  public List<Boolean> masked() {
    return inputs.stream().map(TensorEncoding::isPadded).toList();
  }

  /** The classes of the first output by index; empty when it is numeric or there is none. */
  @JsonIgnore
  public List<String> classes() {
    return outputs.isEmpty() ? List.of() : outputs.get(0).classes();
  }

  /** This encoding for rows without labels and without weights. */
  public Encoding withoutOutputs() {
    return new Encoding(version, inputs, List.of(), missing, fill, unseen, List.of(), absent);
  }

  /** This encoding for rows without weights. */
  public Encoding withoutWeights() {
    return new Encoding(version, inputs, outputs, missing, fill, unseen, List.of(), absent);
  }

  /** This encoding with other rules for missing and unseen values. Its records may be longer. */
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
   * This encoding for a network whose outputs have these sizes. An output of size 1 for two classes
   * is the probability of the second class. Records do not change.
   */
  public Encoding forOutputsOf(List<Integer> widths) {
    List<TensorEncoding> fitted = new ArrayList<>(outputs);
    for (int i = 0; i < Math.min(widths.size(), outputs.size()); i++) {
      TensorEncoding output = outputs.get(i);
      fitted.set(i, widths.get(i) == 1 ? output.asOneProbability() : output);
    }
    return new Encoding(version, inputs, fitted, missing, fill, unseen, weights, absent);
  }

  /**
   * This encoding with other decisions.
   *
   * @param decisions one for each output; empty to change none
   */
  public Encoding deciding(List<Decision> decisions) {
    if (decisions.isEmpty()) {
      return this;
    }
    List<TensorEncoding> decided = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      decided.add(outputs.get(i).deciding(decisions.get(i)));
    }
    return new Encoding(version, inputs, decided, missing, fill, unseen, weights, absent);
  }

  /** This encoding with what is known of decisions before training. */
  public Encoding deciding(DecisionPlan plan) {
    return deciding(
        outputs.stream()
            .map(output -> output.classes().size() == 2 ? plan.start() : Decision.USUAL)
            .toList());
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
   * @throws DataException naming the first difference
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
   * Reads the result of {@link #toJson}.
   *
   * @throws DataException when the text is something else
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
