package io.evenstep.model.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * Brings numbers to scale: {@code (x - shift) * scale}.
 *
 * <p>Each pair serves an equal run of a segment's numbers: one pair serves all of them, three serve
 * the channels of a colour image, as many as there are numbers serve them one by one.
 *
 * @param shift what is taken away first
 * @param scale what the rest is multiplied by; as many as {@code shift}
 * @param stage when it is done
 */
public record Scaling(
    List<Double> shift,
    List<Double> scale,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = UsualStage.class) Stage stage) {
  /** Leaves numbers as they are. */
  public static final Scaling NONE = new Scaling(List.of(), List.of());

  /** When numbers are brought to scale. */
  public enum Stage {
    /** When a record is read, in float: what is stored is the number itself. */
    READING,
    /**
     * When a record is written, in double: for numbers that differ by so little for their size that
     * floats would not hold them before.
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
  }

  /** A scaling of what is stored. */
  public Scaling(List<Double> shift, List<Double> scale) {
    this(shift, scale, Stage.READING);
  }

  /** The same shift and scale for every number. */
  public static Scaling of(double shift, double scale) {
    return new Scaling(List.of(shift), List.of(scale));
  }

  /**
   * What a number was before it was brought to scale.
   *
   * @param pair which shift and scale, from 0
   */
  public double undone(int pair, double scaled) {
    return shift.isEmpty() ? scaled : scaled / scale.get(pair) + shift.get(pair);
  }

  /** What is left to do when a record is read. */
  @JsonIgnore
  Scaling onReading() {
    return stage == Stage.READING ? this : NONE;
  }

  /** What is done when a record is written. */
  @JsonIgnore
  Scaling onPacking() {
    return stage == Stage.PACKING ? this : NONE;
  }

  /** The stage that JSON leaves out. */
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
