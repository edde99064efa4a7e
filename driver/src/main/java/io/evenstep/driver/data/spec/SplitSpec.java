package io.evenstep.driver.data.spec;

import java.util.Optional;

/**
 * How rows are chosen for validation and test, where fractions are.
 *
 * @param way of choosing
 * @param column by which rows are grouped or ordered; empty for the other ways
 */
public record SplitSpec(Way way, Optional<String> column) {
  /** Each row by a hash of its number. */
  public static final SplitSpec RANDOM = new SplitSpec(Way.RANDOM, Optional.empty());

  /** How rows are chosen. */
  public enum Way {
    /** Each row by itself, so that a fraction is met roughly. */
    RANDOM,
    /** Each class in the same shares, exactly; numbers to predict are one class. */
    STRATIFIED,
    /** Rows with one value in a column stay together. */
    GROUPED,
    /** By a time or number: training rows come first, then validation rows, then test rows. */
    ORDERED
  }
}
