package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.evenstep.model.data.column.Transform;
import java.util.List;
import java.util.Objects;

/**
 * Scales numbers: {@code (f(x) - shift) * scale}, where f is the identity unless there are
 * transforms.
 *
 * <p>Each pair of shift and scale applies to an equal run of a segment's numbers: one pair for all
 * numbers, three for the channels of a colour image, or one for each number.
 *
 * @param shift subtracted first
 * @param scale the factor; as many as {@code shift}
 * @param stage when numbers are scaled
 * @param transforms functions applied to a number first, when a record is written; one list for
 *     each pair of shift and scale, or none
 */
public record Scaling(
    List<Double> shift,
    List<Double> scale,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualStage.class) Stage stage,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<List<Transform>> transforms) {
  /** Does not change numbers. */
  public static final Scaling NONE = new Scaling(List.of(), List.of());

  /** When numbers are scaled. */
  public enum Stage {
    /** When a record is read, in float: the record holds the original number. */
    READING,
    /**
     * When a record is written, in double: for numbers whose differences are so small for their
     * size that a float would lose them.
     */
    PACKING
  }

  /** Copies the lists and checks them. */
  public Scaling {
    shift = List.copyOf(shift);
    scale = List.copyOf(scale);
    stage = Objects.requireNonNullElse(stage, Stage.READING); // JSON may have none
    if (shift.size() != scale.size()) {
      throw new IllegalArgumentException(
          "Invalid scaling: must have as many shifts as scales, got "
              + shift.size()
              + " and "
              + scale.size());
    }
    transforms =
        Objects.requireNonNullElse(transforms, List.<List<Transform>>of())
            .stream() // JSON may have none
            .map(List::copyOf)
            .toList();
    boolean fits = transforms.isEmpty() || transforms.size() == shift.size();
    if (!fits || (stage == Stage.READING && !transforms.isEmpty())) {
      throw new IllegalArgumentException(
          "Invalid scaling: transforms need a shift each and the stage PACKING, got "
              + transforms.size());
    }
  }

  /** A scaling without transforms. */
  public Scaling(List<Double> shift, List<Double> scale, Stage stage) {
    this(shift, scale, stage, List.of());
  }

  /** A scaling that is applied when a record is read. */
  public Scaling(List<Double> shift, List<Double> scale) {
    this(shift, scale, Stage.READING);
  }

  /** The same shift and scale for every number. */
  public static Scaling of(double shift, double scale) {
    return new Scaling(List.of(shift), List.of(scale));
  }

  /**
   * The original of a scaled number; with transforms, the transformed number.
   *
   * @param pair which shift and scale, from 0
   */
  public double undone(int pair, double scaled) {
    return shift.isEmpty() ? scaled : scaled / scale.get(pair) + shift.get(pair);
  }

  /** The scaling to apply when a record is read. */
  @JsonIgnore
  Scaling onReading() {
    return stage == Stage.READING ? this : NONE;
  }

  /** The scaling to apply when a record is written. */
  @JsonIgnore
  Scaling onPacking() {
    return stage == Stage.PACKING ? this : NONE;
  }

  /** Used by Jackson to leave the default out of the JSON. */
  static final class UsualStage {
    @Override
    public boolean equals(Object stage) {
      return stage == Stage.READING;
    }

    @Override
    public int hashCode() {
      return Stage.READING.hashCode();
    }
  }
}
