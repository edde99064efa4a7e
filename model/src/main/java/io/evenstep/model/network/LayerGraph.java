package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.layer.LayerTypes;
import io.evenstep.model.catalog.layer.LayerWiring;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * Builds a graph from a list of layers, connected by their {@link LayerWiring}, and adds an output
 * layer for each output of the data.
 */
final class LayerGraph {
  private final LayerFit fit;
  private final ComputationGraphConfiguration.GraphBuilder graph;
  private final Map<String, Node> nodes = new LinkedHashMap<>(); // name in the job -> result
  private final Map<String, Node> heads =
      new LinkedHashMap<>(); // output -> the result that it takes
  private final Set<String> unused = new LinkedHashSet<>(); // vertices not used by any other yet
  private final DataShape data;
  private Optional<Node> before = Optional.empty(); // the input of the next layer

  /** A result: its vertex and its type. */
  private record Node(String vertex, InputType rows) {}

  private LayerGraph(NetworkSpec spec, DataShape data) {
    this.fit = new LayerFit(spec);
    this.graph = fit.common().graphBuilder();
    this.data = data;
    for (DataShape.Input input : data.inputs()) {
      graph.addInputs(input.name());
      nodes.put(input.name(), new Node(input.name(), LayerFit.inputType(input.shape())));
      unused.add(input.name());
    }
    if (data.inputs().size() == 1) {
      before = Optional.of(node(data.inputs().get(0).name()));
    }
  }

  /** Whether a list of layers, or the data, need a graph. */
  static boolean isNeeded(List<Map<String, Object>> layers, DataShape data) {
    return data.inputs().size() > 1
        || data.outputs().size() > 1
        || layers.stream().anyMatch(LayerWiring::isIn);
  }

  /**
   * @param layers as a job file writes them; each has passed {@link LayerTypes#check}
   * @param key where the job file has them, such as {@code model.layers}
   * @throws ConfigException when a layer's input does not exist or does not fit, or when a result
   *     is not used
   */
  static Blueprint assemble(
      List<Map<String, Object>> layers, NetworkSpec spec, DataShape data, String key) {
    LayerGraph graph = new LayerGraph(spec, data);
    for (int i = 0; i < layers.size(); i++) {
      graph.add(layers.get(i), i, key + "[" + i + "]");
    }
    for (DataShape.Output output : data.outputs()) {
      graph.addOutput(output, key);
    }
    graph.graph.setOutputs(graph.outputNames().toArray(String[]::new));
    graph.requireAllUsed(key);
    return graph.fit.penalised(Blueprint.of(graph.graph.build()));
  }

  private void add(Map<String, Object> layer, int index, String key) {
    LayerWiring wiring = LayerWiring.of(layer);
    String id = wiring.id().orElse("layer" + index);
    if (nodes.containsKey(id) || outputNames().contains(id)) {
      throw invalid(
          key + ".id", "must not be the name of another layer, an input or an output", id);
    }
    Node node = take(wiring, id, key);
    List<LayerFit.Fitted> parts = fit.layer(layer, node.rows, key);
    for (int i = 0; i < parts.size(); i++) {
      node = put(i + 1 == parts.size() ? id : id + "-" + i, parts.get(i), node);
    }
    nodes.put(id, node);
    before = Optional.of(node);
    for (String output : wiring.output().stream().toList()) {
      if (!outputNames().contains(output)) {
        String rule = "must be an output of the data, one of " + outputNames();
        throw invalid(key + ".output", rule, output);
      }
      if (heads.put(output, node) != null) {
        throw invalid(key + ".output", "must be named by one layer only", output);
      }
    }
  }

  /** The input of a layer, with several results combined into one. */
  private Node take(LayerWiring wiring, String id, String key) {
    if (wiring.from().isEmpty()) {
      return before.orElseThrow(
          () -> invalid(key + ".from", "must name inputs of the data, from " + names(), "nothing"));
    }
    List<Node> sources = wiring.from().stream().map(name -> source(name, key)).toList();
    if (sources.size() == 1) {
      return sources.get(0);
    }
    GraphVertex joint = joint(wiring.combine());
    String[] vertices = sources.stream().map(Node::vertex).toArray(String[]::new);
    InputType[] rows = sources.stream().map(Node::rows).toArray(InputType[]::new);
    try {
      requireAlike(wiring.combine(), rows);
      Node joined = new Node(id + "-in", joint.getOutputType(0, rows));
      graph.addVertex(joined.vertex, joint, vertices);
      List.of(vertices).forEach(unused::remove);
      unused.add(joined.vertex);
      return joined;
    } catch (DL4JException | IllegalStateException | IllegalArgumentException e) {
      List<String> shapes = sources.stream().map(s -> LayerFit.shape(s.rows)).toList();
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Invalid %s.from: cannot %s %s, %s",
              key,
              words(wiring.combine()),
              shapes,
              e.getMessage()),
          e);
    }
  }

  /** DL4J would find some of these errors only in the first forward pass. */
  private static void requireAlike(LayerWiring.Combine combine, InputType... rows) {
    boolean sidewise = combine == LayerWiring.Combine.CONCATENATE;
    for (InputType each : rows) {
      if (sidewise ? each.getType() != rows[0].getType() : !each.equals(rows[0])) {
        throw new IllegalArgumentException(
            sidewise
                ? "which must have the same number of dimensions"
                : "which must have the same shape");
      }
    }
  }

  private static String words(LayerWiring.Combine combine) {
    return combine.name().toLowerCase(Locale.ROOT);
  }

  private Node source(String name, String key) {
    return Optional.ofNullable(nodes.get(name))
        .orElseThrow(
            () ->
                invalid(
                    key + ".from", "must name inputs or earlier layers, from " + names(), name));
  }

  private Node put(String vertex, LayerFit.Fitted part, Node from) {
    if (part.layer().isEmpty()) {
      graph.addVertex(vertex, new PreprocessorVertex(part.between().orElseThrow()), from.vertex);
    } else if (part.between().isPresent()) {
      graph.addLayer(vertex, part.layer().get(), part.between().get(), from.vertex);
    } else {
      graph.addLayer(vertex, part.layer().get(), from.vertex);
    }
    unused.remove(from.vertex);
    unused.add(vertex);
    return new Node(vertex, part.out());
  }

  private void addOutput(DataShape.Output output, String key) {
    Node on =
        Optional.ofNullable(heads.get(output.name()))
            .or(() -> before)
            .orElseThrow(() -> invalid(key, "must hold a layer", "nothing"));
    put(output.name(), fit.output(output, on.rows), on);
    unused.remove(output.name());
  }

  private void requireAllUsed(String key) {
    if (!unused.isEmpty()) {
      throw invalid(
          key, "must use every input and every layer's result", "these unused: " + unused);
    }
  }

  private List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  private List<String> outputNames() {
    return data.outputs().stream().map(DataShape.Output::name).toList();
  }

  private Node node(String name) {
    return Optional.ofNullable(nodes.get(name)).orElseThrow();
  }

  private static GraphVertex joint(LayerWiring.Combine combine) {
    return switch (combine) {
      case CONCATENATE -> new MergeVertex();
      case ADD -> new ElementWiseVertex(ElementWiseVertex.Op.Add);
      case AVERAGE -> new ElementWiseVertex(ElementWiseVertex.Op.Average);
      case MULTIPLY -> new ElementWiseVertex(ElementWiseVertex.Op.Product);
      case MAX -> new ElementWiseVertex(ElementWiseVertex.Op.Max);
    };
  }

  private static ConfigException invalid(String key, String rule, String value) {
    return new ConfigException(List.of(new Problem(key, rule, value)));
  }
}
