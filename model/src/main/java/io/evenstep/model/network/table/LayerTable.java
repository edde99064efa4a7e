package io.evenstep.model.network.table;

import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.dl4j.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/** The layers of a network as a table, in the order in which rows go through them. */
public final class LayerTable {
  private static final InputType UNKNOWN = InputType.feedForward(1);

  private LayerTable() {}

  /**
   * Reads the layers of a network. Shapes that DL4J knows only at run time are empty.
   *
   * @param data the shape of one row
   */
  public static List<LayerFacts> of(Network network, DataShape data) {
    InputType[] rows =
        data.inputs().stream().map(input -> rows(input.shape())).toArray(InputType[]::new);
    return network.model() instanceof ComputationGraph graph
        ? ofGraph(graph, rows)
        : ofSequence(((MultiLayerNetwork) network.model()).getLayerWiseConfigurations(), rows[0]);
  }

  private static InputType rows(Shape shape) {
    List<Integer> sizes = shape.sizes();
    return switch (sizes.size()) {
      case 1 -> InputType.feedForward(sizes.get(0));
      case 2 -> InputType.recurrent(sizes.get(0), sizes.get(1));
      default -> InputType.convolutional(sizes.get(1), sizes.get(2), sizes.get(0));
    };
  }

  private static List<LayerFacts> ofSequence(MultiLayerConfiguration layers, InputType input) {
    List<LayerFacts> table = new ArrayList<>();
    InputType rows = input;
    String before = "input";
    for (NeuralNetConfiguration each : layers.getConfs()) {
      int place = table.size();
      Layer layer = each.getLayer();
      rows = after(layers.getInputPreProcess(place), layer, place, rows);
      table.add(facts(Integer.toString(place), each, List.of(before), shape(rows)));
      before = Integer.toString(place);
    }
    return table;
  }

  private static InputType after(
      @Nullable InputPreProcessor before, Layer layer, int place, InputType rows) {
    if (rows == UNKNOWN) {
      return UNKNOWN;
    }
    try {
      InputType taken = before == null ? rows : before.getOutputType(rows);
      return layer.getOutputType(place, taken);
    } catch (RuntimeException e) {
      return UNKNOWN;
    }
  }

  private static List<LayerFacts> ofGraph(ComputationGraph graph, InputType[] rows) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    Map<String, InputType> shapes = shapes(configuration, rows);
    List<LayerFacts> table = new ArrayList<>();
    for (org.deeplearning4j.nn.graph.vertex.GraphVertex place : inOrder(graph)) {
      String name = place.getVertexName();
      GraphVertex vertex = configuration.getVertices().get(name);
      if (vertex != null) { // otherwise it is an input
        List<String> from = configuration.getVertexInputs().getOrDefault(name, List.of());
        String shape = shape(shapes.getOrDefault(name, UNKNOWN));
        table.add(
            vertex instanceof LayerVertex layer
                ? facts(name, layer.getLayerConf(), from, shape)
                : new LayerFacts(name, type(vertex), from, shape, vertex.numParams(true), ""));
      }
    }
    return table;
  }

  private static List<org.deeplearning4j.nn.graph.vertex.GraphVertex> inOrder(
      ComputationGraph graph) {
    return Arrays.stream(graph.topologicalSortOrder())
        .mapToObj(index -> graph.getVertices()[index])
        .toList();
  }

  private static Map<String, InputType> shapes(
      ComputationGraphConfiguration configuration, InputType[] rows) {
    try {
      ComputationGraphConfiguration copy = configuration.clone(); // which DL4J then changes
      return copy.getLayerActivationTypes(false, false, rows);
    } catch (RuntimeException e) {
      return Map.of();
    }
  }

  private static LayerFacts facts(
      String name, NeuralNetConfiguration layer, List<String> from, String shape) {
    Layer inner = layer.getLayer();
    while (inner instanceof BaseWrapperLayer wrapper) {
      inner = wrapper.getUnderlying();
    }
    String activation =
        inner instanceof BaseLayer base && base.getActivationFn() != null
            ? base.getActivationFn().toString()
            : "";
    return new LayerFacts(
        name,
        type(layer.getLayer()),
        from,
        shape,
        layer.getLayer().initializer().numParams(layer),
        activation);
  }

  private static String type(Object layer) {
    return layer.getClass().getSimpleName();
  }

  private static String shape(InputType rows) {
    return rows == UNKNOWN
        ? ""
        : Arrays.stream(rows.getShape(false))
            .mapToObj(size -> size < 0 ? "steps" : Long.toString(size))
            .collect(Collectors.joining(" x "));
  }
}
