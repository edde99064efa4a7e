package io.evenstep.driver.config.value;

import java.util.Optional;

/** How the value of a key is written, in YAML and as plain text, and what it becomes. */
public interface ValueType<T> {
  /** For the reference page and for messages, such as {@code a whole number}. */
  String words();

  /**
   * Reads a value.
   *
   * @param problems takes what is wrong, under {@code key}
   * @return empty when something was wrong
   */
  Optional<T> read(String key, Node node, Problems problems);

  /** Reads the text of {@code --set} or of a Spark setting into what YAML would have given. */
  default Node parse(String key, String text, Problems problems) {
    return Node.Scalar.of(text);
  }
}
