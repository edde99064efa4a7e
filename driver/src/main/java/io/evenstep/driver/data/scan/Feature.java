package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
import java.io.Serializable;
import java.util.List;

/**
 * One feature column, resolved against a source.
 *
 * @param column its name
 * @param kind what a value is
 * @param shape of one value, as in {@link io.evenstep.model.data.Segment}
 * @param storage of one number; categories get theirs once they are counted
 * @param normalize how its numbers are brought to scale
 * @param gaps what becomes of its missing values
 * @param format of times; else empty
 */
public record Feature(
    String column,
    Kind kind,
    List<Long> shape,
    Storage storage,
    Normalization normalize,
    FeatureGaps gaps,
    String format)
    implements Serializable {

  public Feature {
    shape = List.copyOf(shape);
  }

  /** Numbers of one value, as stored. */
  int numbers() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /** How many runs of a value's numbers have statistics of their own. */
  int groups() {
    return switch (kind) {
      case NUMBER, TRUTH, INDICATOR -> 1;
      case TIME -> numbers();
      case INDEX, ONE_HOT -> 0;
      case IMAGE -> Math.toIntExact(shape.get(0));
      case NUMBERS ->
          isSequence() ? 1 : shape.size() == 3 ? Math.toIntExact(shape.get(0)) : numbers();
    };
  }

  /** A sequence holds one quantity over time: shape [1, length]. */
  boolean isSequence() {
    return shape.size() == 2;
  }

  /**
   * Whether statistics are taken of its numbers: to scale them, or to see what floats make of them.
   */
  boolean isMeasured() {
    return needsStatistics() || (!kind.isCategory() && storage != Storage.U8);
  }

  /** Whether what takes the place of its missing values is learned from the training rows. */
  boolean fillIsLearned() {
    boolean numbers = !kind.isCategory() && kind != Kind.INDICATOR && storage == Storage.F32;
    return numbers && gaps.isLearned();
  }

  /** Whether a median of it is needed; cycles of time have none. */
  boolean needsMedian() {
    return fillIsLearned()
        && gaps.rule() == DataSpec.Missing.MEDIAN
        && (kind == Kind.NUMBER || kind == Kind.TRUTH);
  }

  /** Whether its scale has to be learned from the training rows. */
  boolean needsStatistics() {
    return switch (normalize) {
      case NONE -> false;
      case STANDARD, MIN_MAX -> !kind.isCategory();
      case SCALE -> !kind.isCategory() && storage != Storage.U8;
    };
  }
}
