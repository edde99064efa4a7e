package io.evenstep.model.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.GraphNetwork;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.SequentialNetwork;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.model.network.trust.Dl4jJsonReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;

/** The configuration of a network, for either of DL4J's two classes. */
sealed interface Blueprint {
  /** A new network, with weights drawn according to the configuration. */
  default Network create(Clipping clipping) {
    requireWholeSequences();
    return createAsItIs(clipping);
  }

  /**
   * Like {@link #create}, but also allows truncated backpropagation through time.
   *
   * @throws ConfigException when there is no memory for it
   */
  default Network createAsItIs(Clipping clipping) {
    requireMemory(List.of());
    return made(clipping);
  }

  /**
   * Makes sure that there is memory for the network and one row.
   *
   * @param inputs the shape of a row of each input; empty to check the weights only
   * @throws ConfigException when there is no memory for it
   */
  default void requireMemory(List<Shape> inputs) {
    NetworkSize size = NetworkSize.of(this, inputs);
    Map.Entry<String, Long> largest =
        parametersByLayer().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    NativeMemory.require(
        size.leastBytes(1, 1),
        "build the network",
        String.format(
            Locale.ROOT,
            "the network has %,d parameters, %,d of them in %s, %,d numbers of optimizer state and"
                + " %,d activations per row: make its layers or its input smaller",
            size.parameters(),
            largest.getValue(),
            largest.getKey(),
            size.optimizerState(),
            size.activations()));
  }

  /** A network with this configuration. */
  Network made(Clipping clipping);

  /** Whether the network learns from whole sequences or from segments. */
  BackpropType backpropType();

  /** The configurations of its layers, each with the builder's settings for all layers. */
  List<NeuralNetConfiguration> layers();

  /** What the configuration says about the shapes of its inputs. */
  List<InputShapes> inputs();

  /** How many parameters each layer has. */
  Map<String, Long> parametersByLayer();

  /** How many parameters its layers have. */
  default long parameterCount() {
    return parametersByLayer().values().stream().reduce(0L, LayerSize::sum);
  }

  /**
   * How many activations a row of such inputs has in all layers, the inputs included. Those that
   * DL4J knows only at run time are not counted.
   */
  long activations(List<Shape> inputs);

  /** Resets the step counters of a saved configuration. */
  void startAtStepZero();

  /** A list of layers. */
  record Sequence(MultiLayerConfiguration configuration) implements Blueprint {
    @Override
    public Network made(Clipping clipping) {
      return SequentialNetwork.of(configuration, clipping);
    }

    @Override
    public BackpropType backpropType() {
      return configuration.getBackpropType();
    }

    @Override
    public List<NeuralNetConfiguration> layers() {
      return configuration.getConfs();
    }

    @Override
    public List<InputShapes> inputs() {
      return List.of(
          InputShapes.of(configuration.getConf(0).getLayer(), configuration.getInputPreProcess(0)));
    }

    @Override
    public Map<String, Long> parametersByLayer() {
      Map<String, Long> counts = new LinkedHashMap<>();
      for (NeuralNetConfiguration layer : layers()) {
        String place = "layer " + counts.size();
        String name = layer.getLayer().getLayerName();
        counts.put(name == null ? place : place + " (" + name + ")", LayerSize.parameters(layer));
      }
      return counts;
    }

    @Override
    public long activations(List<Shape> inputs) {
      InputType rows = LayerFit.inputType(inputs.get(0));
      long count = LayerSize.length(rows);
      try {
        for (int i = 0; i < layers().size(); i++) {
          InputPreProcessor before = configuration.getInputPreProcess(i);
          rows = before == null ? rows : before.getOutputType(rows);
          rows = layers().get(i).getLayer().getOutputType(i, rows);
          count = LayerSize.sum(count, LayerSize.length(rows));
        }
      } catch (RuntimeException e) { // the network's check against the data says it better
        return count;
      }
      return count;
    }

    @Override
    public void startAtStepZero() {
      configuration.setIterationCount(0);
      configuration.setEpochCount(0);
    }
  }

  /** A graph of layers and vertices. */
  record Graph(ComputationGraphConfiguration configuration) implements Blueprint {
    @Override
    public Network made(Clipping clipping) {
      return GraphNetwork.of(configuration, clipping);
    }

    @Override
    public BackpropType backpropType() {
      return configuration.getBackpropType();
    }

    @Override
    public List<NeuralNetConfiguration> layers() {
      return configuration.getVertices().values().stream()
          .filter(LayerVertex.class::isInstance)
          .map(vertex -> ((LayerVertex) vertex).getLayerConf())
          .toList();
    }

    @Override
    public List<InputShapes> inputs() {
      return configuration.getNetworkInputs().stream().map(this::input).toList();
    }

    @Override
    public Map<String, Long> parametersByLayer() {
      Map<String, Long> counts = new LinkedHashMap<>();
      configuration
          .getVertices()
          .forEach(
              (name, vertex) ->
                  counts.put(
                      "layer " + name,
                      vertex instanceof LayerVertex layer
                          ? LayerSize.parameters(layer.getLayerConf())
                          : vertex.numParams(true)));
      return counts;
    }

    @Override
    public long activations(List<Shape> inputs) {
      InputType[] rows = inputs.stream().map(LayerFit::inputType).toArray(InputType[]::new);
      try {
        ComputationGraphConfiguration copy = configuration.clone(); // which DL4J then changes
        return copy.getLayerActivationTypes(false, false, rows).values().stream()
            .mapToLong(LayerSize::length)
            .reduce(0, LayerSize::sum);
      } catch (RuntimeException e) { // the network's check against the data says it better
        return Arrays.stream(rows).mapToLong(LayerSize::length).reduce(0, LayerSize::sum);
      }
    }

    private InputShapes input(String name) {
      return configuration.getVertexInputs().entrySet().stream()
          .filter(vertex -> vertex.getValue().contains(name))
          .map(vertex -> configuration.getVertices().get(vertex.getKey()))
          .filter(LayerVertex.class::isInstance)
          .map(LayerVertex.class::cast)
          .findFirst()
          .map(v -> InputShapes.of(v.getLayerConf().getLayer(), v.getPreProcessor()))
          .orElse(new InputShapes(List.of()));
    }

    @Override
    public void startAtStepZero() {
      configuration.setIterationCount(0);
      configuration.setEpochCount(0);
    }
  }

  /**
   * Reads a configuration as DL4J writes it and prepares it for training: single precision, and a
   * gradient that is a sum over rows. {@link #create} checks whether it learns from whole
   * sequences.
   *
   * @param allowed the classes that it may name; others are refused before they are loaded
   * @param file its name in messages
   * @throws ConfigException when the text is not a configuration, or cannot be trained here
   */
  static Blueprint parse(String json, AllowedTypes allowed, String file) {
    Dl4jJsonReader reader = new Dl4jJsonReader(allowed, file);
    JsonNode tree = reader.tree(json);
    if (!tree.has("vertices") && !tree.has("confs")) {
      throw new ConfigException(
          "Cannot read the DL4J configuration "
              + file
              + ": must have confs or vertices, got neither");
    }
    return tree.has("vertices")
        ? of(reader.read(json, ComputationGraphConfiguration.class))
        : of(reader.read(json, MultiLayerConfiguration.class));
  }

  /** A list of layers, prepared as in {@link #parse}. */
  static Blueprint of(MultiLayerConfiguration configuration) {
    configuration.setDataType(DataType.FLOAT);
    return trainable(new Sequence(configuration));
  }

  /** A graph, prepared as in {@link #parse}. */
  static Blueprint of(ComputationGraphConfiguration configuration) {
    configuration.setDataType(DataType.FLOAT);
    configuration.getDefaultConfiguration().setMiniBatch(true);
    return trainable(new Graph(configuration));
  }

  private static Blueprint trainable(Blueprint blueprint) {
    if (blueprint.layers().isEmpty()) {
      throw new ConfigException(
          "Cannot train the network: it must have at least one layer, got none");
    }
    for (NeuralNetConfiguration layer : blueprint.layers()) {
      if (layer.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
        throw new ConfigException(
            "Cannot train the network: its optimization algorithm must be"
                + " STOCHASTIC_GRADIENT_DESCENT, got "
                + layer.getOptimizationAlgo());
      }
      layer.setMiniBatch(true);
      layer.setDataType(DataType.FLOAT);
    }
    return blueprint;
  }

  private void requireWholeSequences() {
    if (backpropType() != BackpropType.Standard) {
      throw new ConfigException(
          "Cannot train the network: its backpropType must be Standard, got " + backpropType());
    }
  }
}
