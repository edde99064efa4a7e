package io.evenstep.model.optimizer;

import io.evenstep.model.ConfigException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** Freezes layers of a network before it is made. */
public final class FrozenLayers {
  /** Stands for all layers but the output layers. */
  public static final String HIDDEN = "hidden";

  private static final String KEY = "model.freeze";

  private FrozenLayers() {}

  /**
   * Makes layers keep their parameters.
   *
   * @param names of layers, or {@link #HIDDEN}; none to freeze none
   * @param layers all layers by name
   * @param outputs the names of the output layers
   * @throws ConfigException when there is no layer of a name, or nothing would be left to train
   */
  public static void freeze(
      List<String> names, Map<String, NeuralNetConfiguration> layers, List<String> outputs) {
    Set<String> frozen = new LinkedHashSet<>(names);
    if (frozen.remove(HIDDEN)) {
      layers.keySet().stream().filter(name -> !outputs.contains(name)).forEach(frozen::add);
    }
    for (String name : frozen) {
      NeuralNetConfiguration layer = layers.get(name);
      if (layer == null) {
        throw new ConfigException(
            KEY, "must be hidden, or names of layers, of " + layers.keySet(), name);
      }
      LayerOptimizers.freeze(layer.getLayer());
    }
    boolean isLeft =
        layers.entrySet().stream()
            .filter(layer -> !frozen.contains(layer.getKey()))
            .map(Map.Entry::getValue)
            .anyMatch(layer -> layer.getLayer().initializer().numParams(layer) > 0);
    if (!frozen.isEmpty() && !isLeft) {
      throw new ConfigException(KEY, "must leave a layer with parameters to train", names);
    }
  }
}
