package io.evenstep.driver.profile;

import io.evenstep.model.time.TimeParts;

/**
 * How a job uses a column.
 *
 * @param column its profile
 * @param type of the feature in the job file; empty for an unused column
 * @param format of times; empty for other types
 * @param why reason for this use
 */
record Use(ColumnProfile column, String type, String format, String why) {
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
    return isFeature() && !type.equals("categorical") && column.presence().missing() > 0;
  }

  /** Approximate number of network inputs. */
  long width() {
    long indicator = hasIndicator() ? 1 : 0;
    return switch (type) {
      case "categorical" -> column.values().distinct() + (column.presence().missing() > 0 ? 1 : 0);
      case "time" -> TimeParts.NAMES.size() + indicator;
      case "" -> 0;
      default -> 1 + indicator;
    };
  }
}
