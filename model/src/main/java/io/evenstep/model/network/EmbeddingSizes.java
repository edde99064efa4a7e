package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.catalog.layer.LayerTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives embeddings without a vocabulary the one of the text that the network reads. */
final class EmbeddingSizes {
  private EmbeddingSizes() {}

  /**
   * The layers with all vocabularies.
   *
   * @param key of the list, for messages
   * @throws ConfigException when an embedding has none and the data are not text
   */
  static List<Map<String, Object>> filled(
      List<Map<String, Object>> layers, DataShape data, String key) {
    List<Map<String, Object>> filled = new ArrayList<>();
    for (Map<String, Object> layer : layers) {
      boolean lacksSize =
          LayerTypes.type(layer).equals("embedding") && !layer.containsKey("vocabulary");
      filled.add(
          lacksSize ? with(layer, vocabulary(data, key + "[" + filled.size() + "]")) : layer);
    }
    return filled;
  }

  private static Map<String, Object> with(Map<String, Object> layer, int vocabulary) {
    Map<String, Object> whole = new LinkedHashMap<>(layer);
    whole.put("vocabulary", vocabulary);
    return whole;
  }

  private static int vocabulary(DataShape data, String key) {
    return data.inputs().stream()
        .mapToInt(DataShape.Input::vocabulary)
        .filter(size -> size > 0)
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigException(
                    key + ".vocabulary", "must be given: how many tokens there are", "nothing"));
  }
}
