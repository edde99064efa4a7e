package io.evenstep.driver.config.value;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.layer.LayerTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Layers in order, each with a {@code type} and parameters, as in the catalogue of layers. */
public record LayersType() implements ValueType<List<Map<String, Object>>> {
  public static final LayersType LAYERS = new LayersType();

  @Override
  public String words() {
    return "a list of layers, each with a type";
  }

  @Override
  public Optional<List<Map<String, Object>>> read(String key, Node node, Problems problems) {
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      problems.add(key, "must be " + words(), node.text());
      return Optional.empty();
    }
    List<Map<String, Object>> layers = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      layer(key + "[" + i + "]", list.items().get(i), problems).ifPresent(layers::add);
    }
    return layers.size() == list.items().size() ? Optional.of(layers) : Optional.empty();
  }

  private static Optional<Map<String, Object>> layer(String key, Node node, Problems problems) {
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(key, "must be a layer, such as {type: dense, units: 64}", node.text());
      return Optional.empty();
    }
    Map<String, Object> layer = new LinkedHashMap<>();
    mapping.entries().forEach((name, value) -> layer.put(name, PlainValue.of(value)));
    List<Problem> wrong = LayerTypes.check(key, layer);
    wrong.forEach(problem -> problems.add(problem.key(), problem.rule(), problem.value()));
    return wrong.isEmpty() ? Optional.of(layer) : Optional.empty();
  }

  @Override
  public Node parse(String key, String text, Problems problems) {
    return YamlReader.read(text, key, problems);
  }
}
