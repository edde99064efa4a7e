package io.evenstep.driver.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A list of values of one type. A single value means a list of one. Outside YAML, values are
 * separated by commas, except commas within braces, which belong to a glob.
 *
 * @param items type of each value
 * @param words such as {@code a list of whole numbers}
 */
public record ListType<T>(ValueType<T> items, String words) implements ValueType<List<T>> {
  public static final ListType<String> TEXTS =
      new ListType<>(ScalarType.TEXT, "text, or a list of texts");

  public static final ListType<Long> LONGS =
      new ListType<>(ScalarType.LONG, "a whole number, or a list of them");

  @Override
  public Optional<List<T>> read(String key, Node node, Problems problems) {
    if (node instanceof Node.Mapping || node instanceof Node.Scalar s && s.isNothing()) {
      problems.add(key, "must be " + words, node.text());
      return Optional.empty();
    }
    List<Node> nodes = node instanceof Node.Sequence list ? list.items() : List.of(node);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      String at = node instanceof Node.Sequence ? key + "[" + i + "]" : key;
      items.read(at, nodes.get(i), problems).ifPresent(values::add);
    }
    return values.size() == nodes.size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    if (text.startsWith("[")) {
      return YamlReader.read(text, key, problems);
    }
    List<Node> nodes = new ArrayList<>();
    for (String part : text.split(",(?![^{]*})", -1)) {
      nodes.add(Node.Scalar.of(part.strip()));
    }
    return nodes.size() == 1 ? nodes.get(0) : new Node.Sequence(nodes, 0);
  }
}
