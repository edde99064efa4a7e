package io.evenstep.model.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name with a number, such as {@code leakyRelu(0.1)}.
 *
 * @param name before the bracket
 * @param number finite
 */
record NumberedName(String name, double number) {
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9]*)\\s*\\(\\s*([-+.0-9eE]+)\\s*\\)\\s*");

  /** Reads a text; empty when it is a plain name or has another form. */
  static Optional<NumberedName> of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      double number = Double.parseDouble(matcher.group(2));
      return Double.isFinite(number)
          ? Optional.of(new NumberedName(matcher.group(1), number))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The name without its number, whether or not it has one. */
  static String base(String text) {
    return of(text).map(NumberedName::name).orElse(text);
  }
}
