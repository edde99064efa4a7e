package io.evenstep.driver.data.file;

import io.evenstep.model.data.cell.InvalidValueException;
import java.util.List;
import java.util.regex.Pattern;

/** The likely remedy for what a file of text looks like; nothing where there is no telling. */
public final class Advice {
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+([.,]\\d+)?([eE][-+]?\\d+)?");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[-+]?(\\d+|\\d{1,3}([. ]\\d{3})+),\\d+");
  private static final List<String> SEPARATORS = List.of(";", "\t", "|");
  private static final char UNDECODED = '\uFFFD';

  private Advice() {}

  /** What a record with too few or too many fields asks for. */
  public static String ofRecord(String text, int fields) {
    if (unreadable(text)) {
      return ofEncoding();
    } else if (text.contains("\\\"")) {
      return "; if a backslash stands before a quote inside quotes, set data.options.escape: \"\\\\\"";
    } else if (text.chars().filter(c -> c == '"').count() % 2 == 1) {
      return "; if a quoted value goes on in the next line, set data.options.multiLine: true; if a"
          + " quote is a character like others, set data.options.quote: \"\"";
    }
    return ofSeparator(text, fields);
  }

  /** What a value that breaks a rule asks for. */
  public static String of(InvalidValueException problem) {
    return problem.rule().equals("must be a number") ? ofNumber(problem.value()) : "";
  }

  private static String ofNumber(String text) {
    if (DECIMAL_COMMA.matcher(text.strip()).matches()) {
      return "; numbers are written with a decimal point, not a comma";
    } else if (text.startsWith("[")) {
      return "; a column of structs or of arrays in arrays must be made flat first, as by a query"
          + " with data.format sql";
    } else if (unreadable(text)) {
      return ofEncoding();
    }
    return ofSeparator(text, 1);
  }

  /** What a header asks for in which a column is missing, or comes twice. */
  public static String ofHeader(List<String> columns) {
    String whole = String.join(",", columns);
    if (unreadable(whole)) {
      return ofEncoding();
    } else if (columns.stream().anyMatch(name -> NUMBER.matcher(name.strip()).matches())) {
      return "; if the first line is a row and no header, set data.header: false";
    }
    return columns.size() == 1 ? ofSeparator(whole, 1) : "";
  }

  private static String ofSeparator(String text, int fields) {
    for (String separator : SEPARATORS) {
      int parts = text.split(Pattern.quote(separator), -1).length;
      if (parts > 1 && (fields == 1 || parts == fields)) {
        String shown = separator.equals("\t") ? "\\t" : separator;
        return "; if values are separated by it, set data.delimiter: \"" + shown + "\"";
      }
    }
    return "";
  }

  private static String ofEncoding() {
    return "; the file is not written in the encoding it is read by: set data.options.encoding, such"
        + " as ISO-8859-1, windows-1252 or UTF-16";
  }

  private static boolean unreadable(String text) {
    return text.indexOf(UNDECODED) >= 0 || text.indexOf('\0') >= 0;
  }
}
