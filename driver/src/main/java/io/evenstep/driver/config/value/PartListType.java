package io.evenstep.driver.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of maps with named parts.
 *
 * @param words such as {@code a list of inputs, each with name and features}
 * @param parts keys of a map
 * @param make converts a map whose parts are all valid
 */
public record PartListType<T>(String words, List<Key<?>> parts, Function<MapParts, T> make)
    implements ValueType<List<T>> {

  public PartListType {
    parts = List.copyOf(parts);
  }

  @Override
  public Optional<List<T>> read(String key, Node node, Problems problems) {
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      problems.add(key, "must be " + words, node.text());
      return Optional.empty();
    }
    List<T> made = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      one(key + "[" + i + "]", list.items().get(i), problems).ifPresent(made::add);
    }
    return made.size() == list.items().size() ? Optional.of(made) : Optional.empty();
  }

  private Optional<T> one(String key, Node node, Problems problems) {
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(key, "must be a map, as in " + words, node.text());
      return Optional.empty();
    }
    MapParts read = new MapParts(key, mapping.entries(), parts);
    for (Key<?> part : parts) {
      if (read.has(part.name())) {
        var unused = read.find(part);
      }
    }
    if (read.problems().isEmpty()) {
      return Optional.of(make.apply(read));
    }
    problems.addAll(read.problems());
    return Optional.empty();
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return YamlReader.read(text, key, problems);
  }
}
