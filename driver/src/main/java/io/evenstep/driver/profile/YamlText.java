package io.evenstep.driver.profile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values in YAML's flow style, on one line. */
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private YamlText() {}

  /** A string, quoted unless it is a plain word. */
  static String of(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  static String of(List<String> texts) {
    return texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
  }

  static String of(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(entry -> of(entry.getKey()) + ": " + quoted(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\t' -> quoted.append("\\t");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        default -> escape(c, quoted);
      }
    }
    return quoted.append('"').toString();
  }

  private static void escape(char c, StringBuilder quoted) {
    boolean printable =
        c >= ' ' && c < 0x7f || c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029;
    boolean pair = Character.isSurrogate(c);
    if (printable || pair) {
      quoted.append(c);
    } else {
      quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }
}
