package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.layer.LayerCompilers;
import io.evenstep.model.engine.step.layer.Preprocessors;
import io.evenstep.model.engine.step.layer.VertexCompilers;
import io.evenstep.model.engine.step.layer.site.Mask;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.loss.LossTerm;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.AnyStepOp;
import io.evenstep.model.engine.step.sequence.LastStepOp;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;

/** Compiles DL4J's graphs. */
final class GraphCompiler {
  private final ComputationGraphConfiguration network;
  private final Assembly assembly;
  private final ShardPlaces places;
  private final ShardShape shape;
  private final Wires wires;
  private final GraphMasks masks;
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
    this.masks = new GraphMasks(network);
  }

  static Optional<String> uncovered(ComputationGraphConfiguration network) {
    return SegmentCoverage.uncovered(
            network.getBackpropType(), network.getTbpttFwdLength(), network.getTbpttBackLength())
        .or(
            () ->
                network.getVertices().keySet().stream()
                    .flatMap(name -> uncovered(network, name).stream())
                    .findFirst());
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
    if (vertex instanceof LastTimeStepVertex) {
      return Optional.empty();
    }
    if (!(vertex instanceof LayerVertex layer)) {
      return VertexCompilers.uncovered(place, vertex, inputs(network, name).size());
    }
    return Optional.ofNullable(layer.getPreProcessor())
        .flatMap(between -> Preprocessors.uncovered(place, between))
        .or(() -> LayerCompilers.uncovered(place, layer.getLayerConf().getLayer()))
        .or(
            () ->
                SegmentCoverage.uncovered(
                    network.getBackpropType(), place, layer.getLayerConf().getLayer()));
  }

  /**
   * Why sequences of unequal lengths cannot be computed; empty when they can.
   *
   * @param masked for each input, whether it has a mask
   */
  static Optional<String> uncoveredMasks(
      ComputationGraphConfiguration network, List<Boolean> masked) {
    GraphMasks masks = new GraphMasks(network);
    for (int i = 0; i < masked.size(); i++) {
      if (masked.get(i)) {
        masks.give(network.getNetworkInputs().get(i), new Mask(new Binding(), true));
      }
    }
    for (String name : order(network)) {
      Optional<String> reason = masks.uncovered(name);
      if (reason.isPresent()) {
        return reason;
      }
      masks.pass(name, LayerCompilers::behind, several -> new Binding());
    }
    return Optional.empty();
  }

  /** Each vertex after those that it takes. */
  private static List<String> order(ComputationGraphConfiguration network) {
    GraphIndices order = new ComputationGraph(network).calculateIndices();
    return Arrays.stream(order.getTopologicalSortOrder())
        .mapToObj(index -> Objects.requireNonNull(order.getIdxToName().get(index)))
        .filter(network.getVertices()::containsKey)
        .toList();
  }

  StepProgram compile(KernelSpace space) {
    for (int i = 0; i < network.getNetworkInputs().size(); i++) {
      String name = network.getNetworkInputs().get(i);
      long[] dims = shape.features().get(i).stream().mapToLong(it -> it).toArray();
      Value input = assembly.input(places.features(i), dims);
      inputs.add(input);
      wires.give(name, input);
      places.featureMask(i).ifPresent(steps -> masks.give(name, new Mask(steps, true)));
    }
    order(network).forEach(this::add);
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
    Value out = added(name, vertex, in);
    masks.pass(
        name,
        (layer, mask) -> LayerCompilers.behind(layer, mask, shaped(vertex, in.get(0)), assembly),
        several -> AnyStepOp.add(assembly, several, shape.rows(), steps(in.get(0))));
    offset += vertex.numParams(true);
    if (network.getNetworkOutputs().contains(name)) {
      outputs.put(name, assembly.plain(out));
    }
    wires.give(name, out);
  }

  private Value added(String name, GraphVertex vertex, List<Value> in) {
    if (vertex instanceof LayerVertex layer) {
      return addLayer(name, layer, in.get(0));
    } else if (vertex instanceof LastTimeStepVertex last) {
      return lastStep(last, in.get(0));
    }
    return VertexCompilers.compile(vertex, in, assembly, shape.rows());
  }

  /** The last step according to the mask of the input that the vertex names. */
  private Value lastStep(LastTimeStepVertex vertex, Value in) {
    int input = network.getNetworkInputs().indexOf(vertex.getMaskArrayInputName());
    return places
        .featureMask(input)
        .map(mask -> LastStepOp.add(assembly, in, mask))
        .orElseGet(() -> Sequences.last(assembly, in));
  }

  /** How many steps the sequences in a value have. */
  private long steps(Value value) {
    return value.shape().size() == 3 ? value.size(2) : value.size(0) / shape.rows();
  }

  private Value addLayer(String name, LayerVertex vertex, Value in) {
    int output = network.getNetworkOutputs().indexOf(name);
    Site site =
        new Site(
            assembly,
            offset,
            output < 0 ? Optional.empty() : places.target(output),
            losses,
            masks.of(name),
            shape.hasLabels());
    return LayerCompilers.compile(vertex.getLayerConf().getLayer(), shaped(vertex, in), site);
  }

  /** A layer's input after its preprocessor. */
  private Value shaped(GraphVertex vertex, Value in) {
    return vertex instanceof LayerVertex layer && layer.getPreProcessor() != null
        ? Preprocessors.apply(layer.getPreProcessor(), in, assembly, shape.rows())
        : in;
  }

  static GraphVertex vertex(ComputationGraphConfiguration network, String name) {
    return Objects.requireNonNull(network.getVertices().get(name));
  }

  static List<String> inputs(ComputationGraphConfiguration network, String name) {
    return Objects.requireNonNull(network.getVertexInputs().get(name));
  }
}
