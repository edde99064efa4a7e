package io.evenstep.driver.data.spec;

import java.util.Optional;

/**
 * How fractions choose rows for validation and test.
 *
 * @param way of choosing rows
 * @param column to group or order rows by; empty for the other ways
 */
public record SplitSpec(Way way, Optional<String> column) {
  /** Each row independently, by a hash of its number. */
  public static final SplitSpec RANDOM = new SplitSpec(Way.RANDOM, Optional.empty());

  /** The ways of choosing rows. */
  public enum Way {
    /** Each row independently, so that a fraction is met approximately. */
    RANDOM,
    /** Exact shares of each class; numeric labels count as one class. */
    STRATIFIED,
    /** Rows with the same value in a column stay together. */
    GROUPED,
    /**
     * In the order of a time or number: training rows first, then validation rows, then test rows.
     */
    ORDERED
  }
}
