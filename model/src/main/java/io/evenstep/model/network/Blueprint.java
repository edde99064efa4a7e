package io.evenstep.model.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.model.ConfigException;
import java.util.List;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.nd4j.linalg.api.buffer.DataType;

/** The configuration of a network, of either of DL4J's two classes. */
sealed interface Blueprint {
  /** A new network; its weights are drawn as the configuration says. */
  default Network create(Clipping clipping) {
    requireWholeSequences();
    return createAsItIs(clipping);
  }

  /** As {@link #create}, but truncated backpropagation through time is taken, too. */
  Network createAsItIs(Clipping clipping);

  /** Whether sequences are learned from whole, or in segments. */
  BackpropType backpropType();

  /** The configurations of its layers, each with what the builder was told for all of them. */
  List<NeuralNetConfiguration> layers();

  /** What it says of the shapes of its inputs. */
  List<InputShapes> inputs();

  /** How many numbers its layers learn. */
  long parameterCount();

  /** Forgets the steps that a saved configuration has behind it. */
  void startAtStepZero();

  /** Layers in a row. */
  record Sequence(MultiLayerConfiguration configuration) implements Blueprint {
    @Override
    public Network createAsItIs(Clipping clipping) {
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
    public long parameterCount() {
      return layers().stream().mapToLong(c -> c.getLayer().initializer().numParams(c)).sum();
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
    public Network createAsItIs(Clipping clipping) {
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
    public long parameterCount() {
      return configuration.getVertices().values().stream().mapToLong(v -> v.numParams(true)).sum();
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
   * Reads a configuration as DL4J writes it, and makes ready to train it here: single precision, a
   * gradient that is a sum over rows. Whether it takes whole sequences is seen by {@link #create}.
   *
   * @param allowed the classes it may name; others are refused before they are loaded
   * @param file what to call it in messages
   * @throws ConfigException when it is none, or cannot be trained here
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

  /** Layers in a row, made ready as {@link #parse} does. */
  static Blueprint of(MultiLayerConfiguration configuration) {
    configuration.setDataType(DataType.FLOAT);
    return trainable(new Sequence(configuration));
  }

  /** A graph, made ready as {@link #parse} does. */
  static Blueprint of(ComputationGraphConfiguration configuration) {
    configuration.setDataType(DataType.FLOAT);
    configuration.getDefaultConfiguration().setMiniBatch(true);
    return trainable(new Graph(configuration));
  }

  private static Blueprint trainable(Blueprint blueprint) {
    for (NeuralNetConfiguration layer : blueprint.layers()) {
      if (layer.getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT) {
        throw new ConfigException(
            "Cannot train the network: must take STOCHASTIC_GRADIENT_DESCENT, got "
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
          "Cannot train the network: must take BackpropType Standard, got " + backpropType());
    }
  }
}
