package io.evenstep.model.data.cell;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How numbers are written in text. */
public enum NumberText {
  /** As in Java: 1234.5, 1e3. */
  PLAIN("_", '.'),
  /**
   * With a decimal point, thousands separated by commas, spaces or apostrophes, and a currency or
   * percent sign: 1,234.50, $5, (7), 12 %.
   */
  POINT(",'’_ \u00a0\u202f", '.'),
  /** With a decimal comma, thousands separated by points, spaces or apostrophes: 1.234,50 €. */
  COMMA(".'’_ \u00a0\u202f", ',');

  private static final String SIGN =
      "(?:\\p{Sc}|[A-Z]{1,2}\\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|AUD|CAD|kr\\.?)";
  private static final Pattern FRAME =
      Pattern.compile(
          "(?<open>\\()?(?<minus>[-+−])?"
              + SIGN
              + "?[ \u00a0\u202f]?(?<minus2>[-−])?"
              + "(?<digits>[\\d.,'’_ \u00a0\u202f]*\\d[.,]?(?:[eE][+-]?\\d+)?)[ \u00a0\u202f]?"
              + "(?:"
              + SIGN
              + "|(?<percent>%))?(?<close>\\))?");

  private static final Pattern GAPS = Pattern.compile("['’_ \u00a0\u202f]");

  private final Pattern digits;
  private final char decimal;

  NumberText(String separators, char decimal) {
    this.decimal = decimal;
    String point = Pattern.quote(String.valueOf(decimal));
    this.digits =
        Pattern.compile(
            "(?:\\d+|\\d{1,3}(?:["
                + separators
                + "]\\d{2,3})*["
                + separators
                + "]\\d{3})?(?:"
                + point
                + "\\d*)?(?:[eE][+-]?\\d+)?");
  }

  /** The format of a name: plain, point or comma; plain for an empty one. */
  public static NumberText of(String name) {
    return name.isEmpty() ? PLAIN : valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The number in a cell. A percentage is divided by 100; a number in brackets is negative.
   *
   * @throws InvalidValueException when the cell holds something else, NaN or an infinity
   */
  public double read(Object cell) throws InvalidValueException {
    if (this == PLAIN || !(cell instanceof String text)) {
      return CellValues.number(cell);
    }
    OptionalDouble number = parse(text.strip());
    if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
      return number.getAsDouble();
    }
    throw new InvalidValueException(
        "must be a number with a decimal " + name().toLowerCase(Locale.ROOT), text);
  }

  /**
   * The number in a text, if it is written in this way.
   *
   * @param text without spaces around it
   */
  public OptionalDouble parse(String text) {
    Matcher frame = FRAME.matcher(text);
    if (!frame.matches() || (frame.group("open") == null) != (frame.group("close") == null)) {
      return OptionalDouble.empty();
    }
    String body = frame.group("digits").strip();
    if (!digits.matcher(body).matches()) {
      return OptionalDouble.empty();
    }
    String plain = decimal == ',' ? body.replace(".", "").replace(',', '.') : body.replace(",", "");
    double number = Double.parseDouble(GAPS.matcher(plain).replaceAll(""));
    boolean negative =
        frame.group("open") != null
            || isMinus(frame.group("minus"))
            || frame.group("minus2") != null;
    double signed = negative ? -number : number;
    return OptionalDouble.of(frame.group("percent") == null ? signed : signed / 100);
  }

  private static boolean isMinus(@Nullable String sign) {
    return sign != null && !sign.equals("+");
  }
}
