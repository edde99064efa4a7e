package io.evenstep.driver.profile;

import io.evenstep.model.time.TimeParts;

/**
 * What a job makes of a column.
 *
 * @param column as it was found
 * @param type of a feature, as a job file names it; empty for a column that is left out
 * @param format of times; else empty
 * @param why it is used so, or left out
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

  /** Whether a number says beside the feature that its value is missing. */
  boolean hasIndicator() {
    return isFeature() && !type.equals("categorical") && column.presence().missing() > 0;
  }

  /** How many numbers the network gets, roughly. */
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
