package io.evenstep.model.catalog.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of layers being written, as a job file has it. */
final class LayerList {
  private final List<Map<String, Object>> layers = new ArrayList<>();

  /**
   * Appends a layer and returns its name, for use in {@code from}.
   *
   * @param parameters names and values in turn
   */
  String add(String type, Object... parameters) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("type", type);
    for (int i = 0; i < parameters.length; i += 2) {
      layer.put((String) parameters[i], parameters[i + 1]);
    }
    layers.add(layer);
    return "layer" + (layers.size() - 1); // the name of a layer that has none
  }

  /** Adds the results of two layers, followed by an activation. */
  String sum(String one, String other, String activation) {
    return add("activation", "name", activation, "from", List.of(one, other), "combine", "add");
  }

  List<Map<String, Object>> all() {
    return List.copyOf(layers);
  }
}
