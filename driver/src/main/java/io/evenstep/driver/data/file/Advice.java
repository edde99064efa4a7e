package io.evenstep.driver.data.file;

import io.evenstep.model.data.cell.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;

/** The likely remedy for a problem in a text file; empty when none is known. */
public final class Advice {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+([.,]\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[-+]?(\\d+|\\d{1,3}([. ]\\d{3})+),\\d+");
  private static final List<String> SEPARATORS = List.of(";", "\t", "|");
  private static final char UNDECODED = '\uFFFD';

  private Advice() {}

  /** Advice for a record with too few or too many fields. */
  public static String ofRecord(String text, int fields) {
    if (unreadable(text)) {
      return ofEncoding();
    } else if (text.contains("\\\"")) {
      return "; if quotes inside quoted values are escaped with a backslash, set"
          + " data.options.escape: \"\\\\\"";
    } else if (text.chars().filter(c -> c == '"').count() % 2 == 1) {
      return "; if a quoted value continues on the next line, set data.options.multiLine: true; if"
          + " quotes have no special meaning, set data.options.quote: \"\"";
    }
    return ofSeparator(text, fields);
  }

  /** Advice for a value that breaks a rule. */
  public static String of(InvalidValueException problem) {
    return problem.rule().equals("must be a number") ? ofNumber(problem.value()) : "";
  }

  private static String ofNumber(String text) {
    if (DECIMAL_COMMA.matcher(text.strip()).matches()) {
      return "; write numbers with a decimal point, not a comma";
    } else if (text.startsWith("[")) {
      return "; flatten a column of structs or nested arrays first, for example by a query with"
          + " data.format sql";
    } else if (unreadable(text)) {
      return ofEncoding();
    }
    return ofSeparator(text, 1);
  }

  /** Advice for a header in which a column is missing or occurs twice. */
  public static String ofHeader(List<String> columns) {
    String whole = String.join(",", columns);
    if (unreadable(whole)) {
      return ofEncoding();
    } else if (columns.stream().anyMatch(name -> NUMBER.matcher(name.strip()).matches())) {
      return "; if the first line is a row and not a header, set data.header: false";
    }
    return columns.size() == 1 ? ofSeparator(whole, 1) : "";
  }

  private static String ofSeparator(String text, int fields) {
    for (String separator : SEPARATORS) {
      int parts = text.split(Pattern.quote(separator), -1).length;
      if (parts > 1 && (fields == 1 || parts == fields)) {
        String shown = separator.equals("\t") ? "\\t" : separator;
        return "; if it separates the values, set data.delimiter: \"" + shown + "\"";
      }
    }
    return "";
  }

  private static String ofEncoding() {
    return "; the file has another text encoding: set data.options.encoding, for example to"
        + " ISO-8859-1, windows-1252 or UTF-16";
  }

  private static boolean unreadable(String text) {
    return text.indexOf(UNDECODED) >= 0 || text.indexOf('\0') >= 0;
  }
}
