package io.evenstep.driver.config.value;

import java.util.List;
import java.util.Map;

/** A value as it was written, before its key says of what type it has to be. */
public sealed interface Node {
  /** Line of the file it begins at, from 1; 0 when it was not read from a file. */
  int line();

  /** What the user wrote, on one line, for messages. */
  String text();

  /** How a scalar was written. */
  enum Style {
    PLAIN,
    QUOTED,
    NOTHING
  }

  /**
   * A single value.
   *
   * @param text without its quotes; empty for nothing
   */
  record Scalar(String text, Style style, int line) implements Node {
    /** A value that came without quotes or line, such as that of {@code --set}. */
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

  /** Values by name, in the order they were written. */
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
