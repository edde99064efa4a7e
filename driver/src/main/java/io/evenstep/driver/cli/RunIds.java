package io.evenstep.driver.cli;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of runs. */
final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private RunIds() {}

  /** {@code digits-20261121-100130}: the job and the time. */
  static String fresh(String job, Clock clock) {
    return job + "-" + TIME.format(LocalDateTime.now(clock));
  }

  /** What is wrong with an id that is not usable. */
  static String rule(String id) {
    return "Invalid --run-id: must be letters, digits, dots, dashes and underscores, a letter or"
        + " digit first, got "
        + id;
  }

  /** Whether it can be a folder's name everywhere. */
  static boolean isUsable(String id) {
    return id.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }
}
