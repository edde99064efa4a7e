package io.evenstep.driver.config;

/**
 * Where the value of a key came from.
 *
 * @param kind which of the layers of settings
 * @param words for {@code --print-config}, such as {@code digits.yaml:12}
 */
record Origin(Kind kind, String words) {
  /** The layers, the one that wins first. */
  enum Kind {
    SET,
    SPARK,
    FILE,
    DEFAULT
  }

  static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default");

  static Origin file(String name, int line) {
    return new Origin(Kind.FILE, name + ":" + line);
  }
}
