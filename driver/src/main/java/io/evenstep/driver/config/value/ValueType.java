package io.evenstep.driver.config.value;

import java.util.Optional;

/** Reads values of a key from YAML and from plain text. */
public interface ValueType<T> {
  /** For the reference page and for messages, such as {@code a whole number}. */
  String words();

  /**
   * Reads a value.
   *
   * @param problems collects errors under {@code key}
   * @return empty when the value is invalid
   */
  Optional<T> read(String key, Node node, Problems problems);

  /** Parses the text of {@code --set} or of a Spark setting into the node that YAML would give. */
  default Node parse(String key, String text, Problems problems) {
    return Node.Scalar.of(text);
  }
}
