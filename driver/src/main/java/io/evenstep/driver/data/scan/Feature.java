package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.Storage;
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
 * @param format of times; empty for other kinds
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

  /** Stored numbers of one value. */
  int numbers() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /** Number of groups of a value's numbers with separate statistics. */
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

  /** A sequence has one quantity over time: shape [1, length]. */
  boolean isSequence() {
    return shape.size() == 2;
  }

  /**
   * Whether statistics of its numbers are needed: to scale them, or to check the precision of
   * floats.
   */
  boolean isMeasured() {
    return needsStatistics() || (!kind.isCategory() && storage != Storage.U8);
  }

  /** Whether the replacement of missing values comes from the training rows. */
  boolean fillIsLearned() {
    boolean numbers = !kind.isCategory() && kind != Kind.INDICATOR && storage == Storage.F32;
    return numbers && gaps.isLearned();
  }

  /** Whether its median is needed; cyclic parts of times have none. */
  boolean needsMedian() {
    return fillIsLearned()
        && gaps.rule() == DataSpec.Missing.MEDIAN
        && (kind == Kind.NUMBER || kind == Kind.TRUTH);
  }

  /** Whether its scale comes from the training rows. */
  boolean needsStatistics() {
    return switch (normalize) {
      case NONE -> false;
      case STANDARD, MIN_MAX -> !kind.isCategory();
      case SCALE -> !kind.isCategory() && storage != Storage.U8;
    };
  }
}
