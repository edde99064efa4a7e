package io.evenstep.driver.cli;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Run ids. */
final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private RunIds() {}

  /** {@code digits-20261121-100130}: the job and the time. */
  static String fresh(String job, Clock clock) {
    return job + "-" + TIME.format(LocalDateTime.now(clock));
  }

  /** The failure for an invalid id. */
  static String rule(String id) {
    return "Invalid --run-id: must be letters, digits, dots, dashes and underscores, starting with"
        + " a letter or digit, got "
        + id;
  }

  /** Whether the id is a valid folder name on every file system. */
  static boolean isUsable(String id) {
    return id.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }
}
