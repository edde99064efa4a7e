package io.evenstep.driver.config.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a map within a list, each read by its own key. */
public final class MapParts {
  private final String at;
  private final Map<String, Node> nodes;
  private final Problems problems = new Problems();

  /**
   * Reports unknown parts and missing required parts.
   *
   * @param at the entry's own key, such as {@code data.features[2]}
   */
  public MapParts(String at, Map<String, Node> nodes, List<Key<?>> known) {
    this.at = at;
    this.nodes = nodes;
    List<String> names = known.stream().map(part -> (String) part.name()).toList();
    nodes.forEach(
        (part, value) -> {
          if (!names.contains(part)) {
            problems.add(at + "." + part, NearestKey.rule(part, names), value.text());
          }
        });
    known.stream()
        .filter(part -> part.isRequired() && !nodes.containsKey(part.name()))
        .forEach(part -> problems.add(at + "." + part.name(), "must be given", "nothing"));
  }

  /** The part or its default; empty when there is neither, or it is invalid. */
  public <T> Optional<T> find(Key<T> part) {
    Key<T> full = part.named(at + "." + part.name());
    Optional<Node> node = Optional.ofNullable(nodes.get(part.name()));
    return node.isPresent() ? full.read(node.get(), problems) : part.standard();
  }

  /** The text of a part; empty when it is not set. */
  String text(String part) {
    return Optional.ofNullable(nodes.get(part)).map(Node::text).orElse("");
  }

  public boolean has(String part) {
    return nodes.containsKey(part);
  }

  public void refuse(String part, String rule) {
    problems.add(at + "." + part, rule, text(part));
  }

  /** The problems of all parts. */
  public Problems problems() {
    return problems;
  }
}
