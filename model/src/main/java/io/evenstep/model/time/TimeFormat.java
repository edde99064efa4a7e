package io.evenstep.model.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How the dates and times of a column are written. A time without a zone is in UTC, a time without
 * a date is on 1970-01-01, and a month without a day means its first day.
 */
public final class TimeFormat {
  /** {@code 2026-11-30}, with or without {@code 12:30:15.5} and a zone such as {@code +01:00}. */
  public static final String ISO = "iso";

  /** Seconds since 1970, as a number. */
  public static final String EPOCH_SECONDS = "epoch-seconds";

  /** Milliseconds since 1970, as a number. */
  public static final String EPOCH_MILLIS = "epoch-millis";

  /** The formats that are tried for texts, most likely first. */
  public static final List<String> KNOWN =
      List.of(
          ISO,
          "yyyy/M/d",
          "M/d/yyyy",
          "d/M/yyyy",
          "d.M.yyyy",
          "d-M-yyyy",
          "M/d/yy",
          "MMM d yyyy",
          "MMM d, yyyy",
          "MMMM d, yyyy",
          "d MMM yyyy",
          "d MMMM yyyy",
          "d-MMM-yyyy",
          "d-MMM-yy",
          "yyyy-MM",
          "MMM yyyy",
          "MMMM yyyy",
          "yyyy/M/d H:mm[:ss]",
          "M/d/yyyy H:mm[:ss]",
          "d/M/yyyy H:mm[:ss]",
          "d.M.yyyy H:mm[:ss]",
          "M/d/yyyy h:mm[:ss] a",
          "H:mm[:ss]");

  private static final int MILLIS_A_SECOND = 1000;

  private final String name;
  private final DateTimeFormatter formatter;

  private TimeFormat(String name) {
    this.name = name;
    this.formatter = isNumber(name) || name.equals(ISO) ? iso() : pattern(name);
  }

  /**
   * A format by its name, or by a pattern of {@link DateTimeFormatter} in English.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static TimeFormat of(String name) {
    return new TimeFormat(name);
  }

  /** Whether {@link #of} takes a name. */
  public static boolean isFormat(String name) {
    try {
      return !of(name).name.isBlank();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isNumber(String name) {
    return name.equals(EPOCH_SECONDS) || name.equals(EPOCH_MILLIS);
  }

  private static DateTimeFormatter iso() {
    return new DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .optionalStart()
        .appendPattern("['T'][' ']")
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .optionalStart()
        .appendOffset("+HHMM", "Z")
        .optionalEnd()
        .optionalStart()
        .appendOffset("+HH:MM", "Z")
        .optionalEnd()
        .optionalStart()
        .appendOffset("+HH", "Z")
        .toFormatter(Locale.ENGLISH);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
        .toFormatter(Locale.ENGLISH);
  }

  /** The name or pattern. */
  public String name() {
    return name;
  }

  /** Whether a text has this format. */
  public boolean takes(String text) {
    return seconds(text).isPresent();
  }

  /**
   * A cell's time in seconds since 1970-01-01 UTC. The cell holds a date or time of any Java type,
   * or text; empty when the text has another format.
   */
  public OptionalDouble seconds(Object cell) {
    if (cell instanceof java.sql.Timestamp time) {
      return seconds(time.toInstant());
    } else if (cell instanceof java.sql.Date date) {
      return seconds(date.toLocalDate().atStartOfDay());
    } else if (cell instanceof Instant instant) {
      return seconds(instant);
    } else if (cell instanceof LocalDateTime time) {
      return seconds(time);
    } else if (cell instanceof LocalDate date) {
      return seconds(date.atStartOfDay());
    }
    String text = String.valueOf(cell).strip();
    return isNumber(name) ? ofNumber(text) : ofText(text);
  }

  private OptionalDouble ofNumber(String text) {
    try {
      double number = Double.parseDouble(text) / (name.equals(EPOCH_MILLIS) ? MILLIS_A_SECOND : 1);
      boolean fits = Math.abs(number) < Instant.MAX.getEpochSecond(); // false for NaN
      return fits ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private OptionalDouble ofText(String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      LocalDateTime moment =
          LocalDateTime.of(
              Objects.requireNonNullElse(date, LocalDate.EPOCH),
              Objects.requireNonNullElse(time, LocalTime.MIDNIGHT));
      ZoneOffset zone =
          parsed.isSupported(ChronoField.OFFSET_SECONDS)
              ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
              : ZoneOffset.UTC;
      return seconds(moment.toInstant(zone));
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble seconds(LocalDateTime time) {
    return seconds(time.toInstant(ZoneOffset.UTC));
  }

  private static OptionalDouble seconds(Instant instant) {
    return OptionalDouble.of(instant.getEpochSecond() + instant.getNano() / 1e9);
  }
}
