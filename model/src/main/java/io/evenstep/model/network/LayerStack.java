package io.evenstep.model.network;

import static java.util.stream.Collectors.joining;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Kind;
import io.evenstep.model.catalog.LayerDefaults;
import io.evenstep.model.catalog.LayerTypes;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.WeightInits;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * Puts a list of layers together, one on the other, with the output layer on top. Works out what
 * comes out of each by itself, where DL4J's {@code setInputType} is wrong about pooled sequences.
 */
final class LayerStack {
  private static final OptimizerSpec USUAL = new OptimizerSpec("adam", 0.001, Map.of());

  private final NeuralNetConfiguration.ListBuilder stack;
  private final LayerDefaults defaults;
  private InputType rows; // what comes out of the layers so far
  private int height; // layers so far

  private LayerStack(NetworkSpec spec, InputType rows) {
    this.stack = common(spec).list();
    this.defaults = new LayerDefaults(spec.activation(), spec.dropout());
    this.rows = rows;
  }

  /**
   * @param layers as a job file writes them; each has passed {@link LayerTypes#check}
   * @throws ConfigException when a layer cannot take what comes out of the one before
   */
  static Blueprint assemble(
      List<Map<String, Object>> layers,
      NetworkSpec spec,
      List<Shape> inputs,
      List<Shape> outputs,
      Task task) {
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new ConfigException(
          "Cannot build the network: layers in a row have one input and one output, the data have "
              + "inputs %s and outputs %s".formatted(inputs, outputs));
    }
    LayerStack stack = new LayerStack(spec, inputType(inputs.get(0)));
    for (int i = 0; i < layers.size(); i++) {
      stack.add(layers.get(i), key(spec.source(), i));
    }
    stack.addOutput(spec, outputs.get(0), task);
    return Blueprint.of(stack.stack.build());
  }

  /** Where the user finds the layer: in the job, or in a network of ours. */
  private static String key(NetworkSpec.Source source, int layer) {
    return source instanceof NetworkSpec.Named named
        ? "model.name " + named.name() + ", layer " + layer
        : "model.layers[" + layer + "]";
  }

  private static NeuralNetConfiguration.Builder common(NetworkSpec spec) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(spec.seed())
            .weightInit(WeightInits.create(spec.weightInit()))
            .activation(Activations.create(spec.activation()))
            .updater(NetworkBuilder.updater(spec.optimizer().orElse(USUAL), spec.schedule()));
    if (spec.l1() > 0) {
      builder.l1(spec.l1());
    }
    if (spec.l2() > 0) {
      builder.l2(spec.l2());
    }
    if (spec.weightDecay() > 0) {
      builder.weightDecay(spec.weightDecay());
    }
    return builder;
  }

  private void add(Map<String, Object> layer, String key) {
    String type = LayerTypes.type(layer);
    Kind kind = kind(rows);
    if (!LayerTypes.accepts(type).contains(kind)) {
      String needed =
          LayerTypes.accepts(type).stream().map(LayerStack::words).collect(joining(" or "));
      String rule = "needs " + needed + " but gets " + kind + " " + shape(rows);
      throw new ConfigException(List.of(new Problem(key, rule, type)));
    }
    if (type.equals("flatten") && rows instanceof InputType.InputTypeConvolutional image) {
      InputPreProcessor flatten =
          new CnnToFeedForwardPreProcessor(
              image.getHeight(), image.getWidth(), image.getChannels());
      stack.inputPreProcessor(height, flatten);
      rows = flatten.getOutputType(rows);
    }
    for (Layer made : LayerTypes.create(layer, defaults)) {
      push(made, key, type);
    }
  }

  private void push(Layer layer, String key, String type) {
    try {
      InputPreProcessor between = layer.getPreProcessorForInputType(rows);
      InputType seen = between == null ? rows : between.getOutputType(rows);
      layer.setNIn(seen, false);
      InputType out = layer.getOutputType(height, seen);
      requireSomethingLeft(out);
      if (between != null) {
        stack.inputPreProcessor(height, between);
      }
      stack.layer(height, layer);
      height++;
      rows = pooled(layer, out);
    } catch (DL4JException | IllegalStateException | IllegalArgumentException e) {
      throw new ConfigException(
          "Invalid %s: %s cannot take %s, %s".formatted(key, type, shape(rows), e.getMessage()), e);
    }
  }

  private static void requireSomethingLeft(InputType out) {
    if (out instanceof InputType.InputTypeConvolutional image
        && (image.getHeight() < 1 || image.getWidth() < 1)) {
      throw new IllegalArgumentException("its kernel is larger than the image");
    }
  }

  /** DL4J takes a pooled sequence for a sequence still, and would put a step of its own between. */
  private static InputType pooled(Layer layer, InputType out) {
    return layer instanceof GlobalPoolingLayer && out instanceof InputType.InputTypeRecurrent steps
        ? InputType.feedForward(steps.getSize())
        : out;
  }

  private void addOutput(NetworkSpec spec, Shape output, Task task) {
    if (kind(rows) == Kind.SEQUENCE) {
      throw new ConfigException(
          "Invalid model.layers: the last must give a vector, got the sequence "
              + shape(rows)
              + "; add globalPool, or returnSequences: false on the layer before");
    }
    String loss = spec.loss().orElse(usualLoss(task));
    if (loss.equals("crossEntropy") && output.length() < 2) {
      throw new ConfigException("model.loss", "needs at least 2 outputs, has 1", loss);
    }
    push(
        new OutputLayer.Builder(Losses.create(loss))
            .nOut(output.length())
            .activation(Losses.activation(loss))
            .build(),
        "model.loss",
        "the output layer");
  }

  static String usualLoss(Task task) {
    return task == Task.CLASSIFICATION ? "crossEntropy" : "mse";
  }

  static InputType inputType(Shape shape) {
    List<Integer> sizes = shape.sizes();
    return switch (sizes.size()) {
      case 1 -> InputType.feedForward(sizes.get(0));
      case 2 -> InputType.recurrent(sizes.get(0), sizes.get(1));
      default -> InputType.convolutional(sizes.get(1), sizes.get(2), sizes.get(0));
    };
  }

  private static Kind kind(InputType type) {
    return switch (type.getType()) {
      case RNN -> Kind.SEQUENCE;
      case CNN -> Kind.IMAGE;
      default -> Kind.VECTOR;
    };
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case VECTOR -> "VECTOR [size]";
      case SEQUENCE -> "SEQUENCE [features, steps]";
      case IMAGE -> "IMAGE [channels, height, width]";
    };
  }

  private static String shape(InputType type) {
    long[] withRows = type.getShape(false);
    return java.util.Arrays.toString(withRows);
  }
}
