package io.evenstep.driver.data.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the columns matched by a name, a range such as {@code c0..c63}, or a glob. */
public final class ColumnNames {
  private static final Pattern RANGE = Pattern.compile("(.*?)(\\d+)\\.\\.(.*?)(\\d+)");

  private ColumnNames() {}

  /**
   * The columns in the order of the range, or of the source for a glob; empty if one is missing.
   */
  public static List<String> matching(String pattern, List<String> columns) {
    if (columns.contains(pattern)) {
      return List.of(pattern);
    }
    Matcher range = RANGE.matcher(pattern);
    if (range.matches() && range.group(1).equals(range.group(3))) {
      List<String> names = range(range.group(1), range.group(2), range.group(4));
      return new HashSet<>(columns).containsAll(names) ? names : List.of();
    }
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return List.of();
    }
    Pattern glob = glob(pattern);
    return columns.stream().filter(column -> glob.matcher(column).matches()).toList();
  }

  private static List<String> range(String prefix, String first, String last) {
    List<String> names = new ArrayList<>();
    String format = first.startsWith("0") ? "%0" + first.length() + "d" : "%d";
    for (long i = Long.parseLong(first); i <= Long.parseLong(last); i++) {
      names.add(prefix + String.format(Locale.ROOT, format, i));
    }
    return names;
  }

  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
