package io.evenstep.driver.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Predicts when a task ends, from its speed since its first report.
 *
 * @param first units done at the first report; negative before it
 * @param began time of the first report
 * @param done units done at the newest report
 * @param now time of the newest report
 */
record TimeLeft(long first, Instant began, long done, Instant now) {
  /** Before the first report. */
  static final TimeLeft UNKNOWN = new TimeLeft(-1, Instant.EPOCH, 0, Instant.EPOCH);

  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  /** After a report. */
  TimeLeft at(long units, Instant time) {
    return first < 0
        ? new TimeLeft(units, time, units, time)
        : new TimeLeft(first, began, units, time);
  }

  /** Such as {@code , 2 min 5 s left}; empty while it is unknown, and at the end. */
  String words(long total) {
    double millis = Duration.between(began, now).toMillis();
    if (done <= first || done >= total || millis <= 0) {
      return "";
    }
    long seconds = Math.round(millis / (done - first) * (total - done) / 1e3);
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, ", %d s left", seconds);
    }
    return seconds < HOUR
        ? String.format(Locale.ROOT, ", %d min %d s left", seconds / MINUTE, seconds % MINUTE)
        : String.format(Locale.ROOT, ", %d h %d min left", seconds / HOUR, seconds % HOUR / MINUTE);
  }
}
