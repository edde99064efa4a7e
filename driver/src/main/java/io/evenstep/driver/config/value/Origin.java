package io.evenstep.driver.config.value;

/**
 * Where the value of a key came from.
 *
 * @param kind the source of settings
 * @param words for {@code --print-config}, such as {@code digits.yaml:12}
 */
public record Origin(Kind kind, String words) {
  /** The sources, highest precedence first. */
  public enum Kind {
    SET,
    SPARK,
    FILE,
    DEFAULT
  }

  public static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default");

  public static Origin file(String name, int line) {
    return new Origin(Kind.FILE, name + ":" + line);
  }
}
