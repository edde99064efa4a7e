package io.evenstep.driver.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Short descriptions of columns. */
final class ProfileWords {
  private static final int SHOWN = 4;
  private static final int MOST_CHARACTERS = 24;
  private static final MathContext DIGITS = new MathContext(6);

  private ProfileWords() {}

  static String of(ColumnProfile column) {
    return switch (column.found()) {
      case NUMBER, WHOLE ->
          column.found().words()
              + " from "
              + number(column.range().least())
              + " to "
              + number(column.range().most());
      case TIME ->
          column.found().words()
              + " from "
              + moment(column.range().least())
              + " to "
              + moment(column.range().most());
      case CATEGORY, TRUTH -> column.found().words() + ": " + values(column);
      case TEXT, NUMBERS -> column.found().words() + ", such as " + examples(column);
      case NESTED, EMPTY -> column.found().words();
    };
  }

  private static String values(ColumnProfile column) {
    List<String> names =
        column.values().counts().stream().limit(SHOWN).map(entry -> shown(entry.getKey())).toList();
    long more = column.values().distinct() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  static String examples(ColumnProfile column) {
    return column.values().examples().stream()
        .map(ProfileWords::shown)
        .collect(Collectors.joining(", "));
  }

  /** A value, shortened to one line. */
  static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085]+", " ").strip();
    return plain.length() <= MOST_CHARACTERS ? plain : plain.substring(0, MOST_CHARACTERS) + "...";
  }

  static String number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    return String.valueOf(new BigDecimal(number).round(DIGITS).doubleValue());
  }

  private static String moment(double seconds) {
    LocalDateTime time =
        LocalDateTime.ofInstant(Instant.ofEpochSecond((long) Math.floor(seconds)), ZoneOffset.UTC);
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? time.toLocalDate().toString()
        : time.toString().replace('T', ' ');
  }

  static String share(long part, long all) {
    return String.format(Locale.ROOT, "%.1f %%", all == 0 ? 0 : 100.0 * part / all);
  }
}
