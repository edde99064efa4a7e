package io.evenstep.driver.profile;

import io.evenstep.model.time.TimeParts;

/**
 * How a job uses a column.
 *
 * @param column its profile
 * @param type of the feature in the job file; empty for an unused column
 * @param parts further settings of the feature in YAML, each after a comma; may be empty
 * @param why reason for this use
 */
record Use(ColumnProfile column, String type, String parts, String why) {
  private static final int LEAST_TERMS = 20;
  private static final int MOST_TERMS = 1_000;
  private static final int ROWS_A_TERM = 10;

  static Use as(String type, ColumnProfile column, String why) {
    return new Use(column, type, "", why);
  }

  static Use leftOut(ColumnProfile column, String why) {
    return new Use(column, "", "", why);
  }

  boolean isFeature() {
    return !type.isEmpty();
  }

  /** Whether an additional number indicates a missing value. */
  boolean hasIndicator() {
    boolean takesMissing = type.equals("categorical") || type.equals("text");
    return isFeature() && !takesMissing && column.presence().missing() > 0;
  }

  /** Approximate number of network inputs. */
  long width() {
    long indicator = hasIndicator() ? 1 : 0;
    return switch (type) {
      case "categorical" -> column.values().distinct() + (column.presence().missing() > 0 ? 1 : 0);
      case "time" -> TimeParts.NAMES.size() + indicator;
      case "text" -> terms(column);
      case "" -> 0;
      default -> 1 + indicator;
    };
  }

  /** How many terms of a text a network can learn from: more rows, more terms. */
  static long terms(ColumnProfile column) {
    return Math.max(LEAST_TERMS, Math.min(MOST_TERMS, column.presence().present() / ROWS_A_TERM));
  }
}
