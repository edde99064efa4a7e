package io.evenstep.driver.config.value;

import java.util.List;
import java.util.Map;

/** A value as written, before its key gives it a type. */
public sealed interface Node {
  /** First line in the file, from 1; 0 if it was not read from a file. */
  int line();

  /** The user's text on one line, for messages. */
  String text();

  /** Notation of a scalar. */
  enum Style {
    PLAIN,
    QUOTED,
    NOTHING
  }

  /**
   * A single value.
   *
   * @param text without quotes; empty for no value
   */
  record Scalar(String text, Style style, int line) implements Node {
    /** A value without quotes or line, such as that of {@code --set}. */
    public static Scalar of(String text) {
      return new Scalar(text, Style.PLAIN, 0);
    }

    public boolean isNothing() {
      return style == Style.NOTHING;
    }
  }

  /** Values in order. */
  record Sequence(List<Node> items, int line) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String text() {
      return String.join(", ", items.stream().map(Node::text).toList())
          .transform(s -> "[" + s + "]");
    }
  }

  /** Values by name, in the order of the text. */
  record Mapping(Map<String, Node> entries, int line) implements Node {
    @Override
    public String text() {
      return String.join(
              ", ",
              entries.entrySet().stream()
                  .map(entry -> entry.getKey() + ": " + entry.getValue().text())
                  .toList())
          .transform(s -> "{" + s + "}");
    }
  }
}
