package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.layer.LayerCompilers;
import io.evenstep.model.engine.step.layer.Preprocessors;
import io.evenstep.model.engine.step.layer.VertexCompilers;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;

/** Compiles DL4J's graphs. */
final class GraphCompiler {
  private final ComputationGraphConfiguration network;
  private final Assembly assembly;
  private final ShardPlaces places;
  private final ShardShape shape;
  private final Wires wires;
  private final List<LossTerm> losses = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> outputs = new HashMap<>();
  private long offset;

  GraphCompiler(ComputationGraphConfiguration network, ShardShape shape, Assembly assembly) {
    this.network = network;
    this.shape = shape;
    this.assembly = assembly;
    this.places = new ShardPlaces(shape);
    this.wires = new Wires(assembly, network.getVertexInputs().values());
  }

  static Optional<String> uncovered(ComputationGraphConfiguration network) {
    if (network.getBackpropType() != BackpropType.Standard) {
      return Optional.of("backpropagation through time in segments");
    }
    return network.getVertices().keySet().stream()
        .flatMap(name -> uncovered(network, name).stream())
        .findFirst();
  }

  private static Optional<String> uncovered(ComputationGraphConfiguration network, String name) {
    GraphVertex vertex = vertex(network, name);
    String place = "vertex " + name;
    boolean isOutput = network.getNetworkOutputs().contains(name);
    boolean isTaken = network.getVertexInputs().values().stream().anyMatch(it -> it.contains(name));
    if (isOutput == isTaken) {
      return Optional.of(
          place + (isOutput ? ": an output that is taken on from" : ": leads to no output"));
    }
    if (!(vertex instanceof LayerVertex layer)) {
      return VertexCompilers.uncovered(place, vertex, inputs(network, name).size());
    }
    return Optional.ofNullable(layer.getPreProcessor())
        .flatMap(between -> Preprocessors.uncovered(place, between))
        .or(() -> LayerCompilers.uncovered(place, layer.getLayerConf().getLayer()));
  }

  StepProgram compile(KernelSpace space) {
    for (int i = 0; i < network.getNetworkInputs().size(); i++) {
      long[] dims = shape.features().get(i).stream().mapToLong(it -> it).toArray();
      Value input = assembly.input(places.features(i), dims);
      inputs.add(input);
      wires.give(network.getNetworkInputs().get(i), input);
    }
    GraphIndices order = new ComputationGraph(network).calculateIndices();
    for (int index : order.getTopologicalSortOrder()) {
      String name = Objects.requireNonNull(order.getIdxToName().get(index));
      if (network.getVertices().containsKey(name)) {
        add(name);
      }
    }
    List<Value> inOrder =
        network.getNetworkOutputs().stream()
            .map(name -> Objects.requireNonNull(outputs.get(name)))
            .toList();
    space.seal();
    return new StepProgram(space, assembly, places, inputs, inOrder, losses);
  }

  private void add(String name) {
    GraphVertex vertex = vertex(network, name);
    List<Value> in = inputs(network, name).stream().map(wires::take).toList();
    Value out =
        vertex instanceof LayerVertex layer
            ? addLayer(name, layer, in.get(0))
            : VertexCompilers.compile(vertex, in, assembly, shape.rows());
    offset += vertex.numParams(true);
    if (network.getNetworkOutputs().contains(name)) {
      outputs.put(name, assembly.plain(out));
    }
    wires.give(name, out);
  }

  private Value addLayer(String name, LayerVertex vertex, Value in) {
    Value shaped =
        vertex.getPreProcessor() == null
            ? in
            : Preprocessors.apply(vertex.getPreProcessor(), in, assembly, shape.rows());
    int output = network.getNetworkOutputs().indexOf(name);
    Site site =
        new Site(
            assembly,
            offset,
            output < 0 ? Optional.empty() : places.target(output),
            losses,
            Optional.empty(),
            shape.hasLabels());
    return LayerCompilers.compile(vertex.getLayerConf().getLayer(), shaped, site);
  }

  private static GraphVertex vertex(ComputationGraphConfiguration network, String name) {
    return Objects.requireNonNull(network.getVertices().get(name));
  }

  private static List<String> inputs(ComputationGraphConfiguration network, String name) {
    return Objects.requireNonNull(network.getVertexInputs().get(name));
  }
}
