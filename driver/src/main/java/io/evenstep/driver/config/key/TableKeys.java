package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.model.time.TimeFormat;
import java.util.List;

/** More keys under {@code data}: how a table's cells are written, and windows over its rows. */
public final class TableKeys {
  private TableKeys() {}

  public static final Key<String> LABEL_FORMAT =
      Key.of(
              "data.labelFormat",
              ScalarType.name(DetailKeys.NUMBER_FORMATS),
              "Task regression only: how label numbers are written: plain; point for numbers such"
                  + " as `$1,234.50`; comma for `1.234,50 €`.")
          .byDefault("plain");

  public static final Key<String> WINDOW_TIME =
      Key.of(
              "data.window.time",
              ScalarType.TEXT,
              "For forecasts: column with the time, or a number, that orders the rows; the rows"
                  + " become windows, see [windows](data.md#windows).")
          .where(ValueRule.notBlank());

  public static final Key<String> WINDOW_FORMAT =
      Key.of("data.window.format", ScalarType.TEXT, "Format of the times, as of a time column.")
          .where(
              new ValueRule<>(
                  "must be iso, epoch-seconds, epoch-millis or a pattern of Java's"
                      + " DateTimeFormatter",
                  TimeFormat::isFormat))
          .byDefault(TimeFormat.ISO);

  public static final Key<List<String>> WINDOW_KEY =
      Key.of(
              "data.window.key",
              ListType.TEXTS,
              "Columns that name the series of a row; no window has rows of two.")
          .where(ValueRule.someTexts())
          .otherwise("one series");

  public static final Key<Integer> WINDOW_HISTORY =
      Key.of("data.window.history", ScalarType.INTEGER, "Rows that the network sees.")
          .where(ValueRule.between(1, 1 << 16))
          .otherwise("must be given with `data.window.time`");

  public static final Key<Integer> WINDOW_HORIZON =
      Key.of(
              "data.window.horizon",
              ScalarType.INTEGER,
              "Rows after them: each of their numbers is predicted, or the class of the last one.")
          .where(ValueRule.between(1, 1 << 16))
          .byDefault(1);

  public static final Key<Integer> WINDOW_STEP =
      Key.of("data.window.step", ScalarType.INTEGER, "Rows from one window to the next.")
          .where(ValueRule.between(1, 1 << 16))
          .byDefault(1);

  public static final Key<List<String>> SERIES_KEY =
      Key.of(
              "data.series.key",
              ListType.TEXTS,
              "For sequences in the long format, one row for each step: columns that name the"
                  + " sequence of a row, see [sequences](data.md#sequences).")
          .where(ValueRule.someTexts());

  public static final Key<String> SERIES_ORDER =
      Key.of(
              "data.series.order",
              ScalarType.TEXT,
              "Column with the time, or a number, that orders the rows of a sequence.")
          .where(ValueRule.notBlank());

  static final List<Key<?>> ALL =
      List.of(
          LABEL_FORMAT,
          WINDOW_TIME,
          WINDOW_FORMAT,
          WINDOW_KEY,
          WINDOW_HISTORY,
          WINDOW_HORIZON,
          WINDOW_STEP,
          SERIES_KEY,
          SERIES_ORDER);
}
