package io.evenstep.driver.config.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Strings by free names, such as options of a Spark reader. */
public record MapType() implements ValueType<Map<String, String>> {
  public static final MapType TEXTS = new MapType();

  @Override
  public String words() {
    return "names with their values";
  }

  @Override
  public Optional<Map<String, String>> read(String key, Node node, Problems problems) {
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(key, "must be " + words(), node.text());
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) ->
                ScalarType.TEXT
                    .read(key + "." + name, entry, problems)
                    .ifPresent(value -> values.put(name, value)));
    return values.size() == mapping.entries().size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return YamlReader.read(text, key, problems);
  }
}
