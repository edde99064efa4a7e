package io.evenstep.model.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;

/**
 * A moment as numbers: seconds since 1970 for trends over the years, and a sine and a cosine for
 * each cycle, so that the end of a year, a week or a day is next to its beginning.
 */
public final class TimeParts {
  /** The meaning of each number. */
  public static final List<String> NAMES =
      List.of("seconds", "yearSin", "yearCos", "weekSin", "weekCos", "daySin", "dayCos");

  private static final double DAY_SECONDS = 86_400;
  private static final double WEEK_DAYS = 7;
  private static final double YEAR_DAYS = 366;

  private TimeParts() {}

  /**
   * The numbers of a moment.
   *
   * @param seconds since 1970-01-01 UTC
   * @param out receives one number for each of {@link #NAMES}
   */
  public static void of(double seconds, double[] out) {
    long whole = (long) Math.floor(seconds);
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(whole), ZoneOffset.UTC);
    double day = (time.toLocalTime().toSecondOfDay() + seconds - whole) / DAY_SECONDS;
    out[0] = seconds;
    cycle((time.getDayOfYear() - 1 + day) / YEAR_DAYS, out, 1);
    cycle((time.get(ChronoField.DAY_OF_WEEK) - 1 + day) / WEEK_DAYS, out, 3);
    cycle(day, out, 5);
  }

  private static void cycle(double turn, double[] out, int at) {
    out[at] = StrictMath.sin(2 * Math.PI * turn);
    out[at + 1] = StrictMath.cos(2 * Math.PI * turn);
  }
}
