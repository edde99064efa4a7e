package io.evenstep.model.data.cell;

/**
 * One value of a row breaks a rule. The caller that knows the file and the row turns it into a
 * {@link io.evenstep.model.DataException}. It has no stack trace, because there may be many bad
 * rows.
 */
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARACTERS = 60;

  private final String rule;
  private final String value;
  private final String column;

  /** A value whose column is named later, by {@link #in}. */
  public InvalidValueException(String rule, Object value) {
    this(rule, shown(String.valueOf(value)), "");
  }

  private InvalidValueException(String rule, String value, String column) {
    super(rule + ", got " + value, null, false, false);
    this.rule = rule;
    this.value = value;
    this.column = column;
  }

  /** The same, with the column's name. */
  public InvalidValueException in(String name) {
    return new InvalidValueException(rule, value, name);
  }

  /** Rule and value in words. */
  public String text() {
    return rule + ", got " + value;
  }

  /** The rule for valid values. */
  public String rule() {
    return rule;
  }

  /** The value found, shortened. */
  public String value() {
    return value;
  }

  /** The column's name, or empty before {@link #in}. */
  public String column() {
    return column;
  }

  private static String shown(String value) {
    return value.length() <= SHOWN_CHARACTERS
        ? value
        : value.substring(0, SHOWN_CHARACTERS) + "...";
  }
}
