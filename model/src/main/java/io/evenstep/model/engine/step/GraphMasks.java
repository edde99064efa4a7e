package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.layer.LayerCompilers;
import io.evenstep.model.engine.step.layer.site.Mask;
import io.evenstep.model.engine.step.op.Binding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The masks of sequences that DL4J passes from vertex to vertex of a graph. A vertex that joins
 * several inputs passes a mask on only if all of them have one; a step then counts if it counts in
 * any of them.
 */
final class GraphMasks {
  private final ComputationGraphConfiguration network;
  private final Map<String, Mask> masks = new HashMap<>(); // by vertex or input that gives it

  GraphMasks(ComputationGraphConfiguration network) {
    this.network = network;
  }

  /** Sets the mask of a vertex's result, or of an input of the network. */
  void give(String name, Mask mask) {
    masks.put(name, mask);
  }

  /** The mask that a vertex takes with its first input; empty when all steps count. */
  Optional<Mask> of(String vertex) {
    return Optional.ofNullable(masks.get(GraphCompiler.inputs(network, vertex).get(0)));
  }

  /** Why a vertex cannot take the mask of its input; empty when it can. */
  Optional<String> uncovered(String vertex) {
    return GraphCompiler.vertex(network, vertex) instanceof LayerVertex layer
        ? of(vertex)
            .flatMap(
                mask ->
                    LayerCompilers.uncovered(
                        "vertex " + vertex, layer.getLayerConf().getLayer(), mask))
        : Optional.empty();
  }

  /**
   * Passes masks through a vertex.
   *
   * @param behind gives the mask of a layer's output from that of its input
   * @param join gives the mask of the steps that count in any of several masks
   */
  void pass(
      String name,
      BiFunction<Layer, Mask, Optional<Mask>> behind,
      Function<List<Binding>, Binding> join) {
    GraphVertex vertex = GraphCompiler.vertex(network, name);
    if (vertex instanceof LayerVertex layer) {
      of(name)
          .flatMap(mask -> behind.apply(layer.getLayerConf().getLayer(), mask))
          .ifPresent(mask -> give(name, mask));
    } else if (!(vertex instanceof LastTimeStepVertex)) {
      joined(name, join).ifPresent(mask -> give(name, mask));
    }
  }

  private Optional<Mask> joined(String name, Function<List<Binding>, Binding> join) {
    List<String> inputs = GraphCompiler.inputs(network, name);
    List<Mask> all =
        inputs.stream().flatMap(input -> Optional.ofNullable(masks.get(input)).stream()).toList();
    if (all.size() < inputs.size()) {
      return Optional.empty();
    }
    List<Binding> steps = all.stream().map(Mask::steps).distinct().toList();
    boolean isActive = all.stream().anyMatch(Mask::isActive);
    return Optional.of(new Mask(steps.size() == 1 ? steps.get(0) : join.apply(steps), isActive));
  }
}
