package io.evenstep.model.network.dl4j;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;

/**
 * The layers of a configuration by name: in a list the place, from 0; in a graph the vertex.
 *
 * @param layers in the configuration's order
 * @param outputs names of the output layers
 */
public record NamedLayers(Map<String, NeuralNetConfiguration> layers, List<String> outputs) {
  /** Copies map and list. */
  public NamedLayers {
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    outputs = List.copyOf(outputs);
  }

  /** The layers of a list. */
  public static NamedLayers of(MultiLayerConfiguration list) {
    Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>();
    list.getConfs().forEach(layer -> layers.put(Integer.toString(layers.size()), layer));
    return new NamedLayers(layers, List.of(Integer.toString(layers.size() - 1)));
  }

  /** The layers of a graph. */
  public static NamedLayers of(ComputationGraphConfiguration graph) {
    Map<String, NeuralNetConfiguration> layers = new LinkedHashMap<>();
    graph
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex layer) {
                layers.put(name, layer.getLayerConf());
              }
            });
    return new NamedLayers(layers, graph.getNetworkOutputs());
  }
}
