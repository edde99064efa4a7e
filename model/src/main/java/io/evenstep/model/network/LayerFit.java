package io.evenstep.model.network;

import static java.util.stream.Collectors.joining;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.WeightInits;
import io.evenstep.model.catalog.layer.LayerInput;
import io.evenstep.model.catalog.layer.LayerTypes;
import io.evenstep.model.catalog.layer.Models;
import io.evenstep.model.layer.TiedOutput;
import io.evenstep.model.optimizer.LayerOptimizers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Fits layers to their inputs. Computes the output type of each layer itself, because DL4J's {@code
 * setInputType} is wrong about pooled sequences.
 */
final class LayerFit {
  private static final int MOST_PIXELS_A_SIDE = 1 << 20;
  private static final OptimizerSpec USUAL = new OptimizerSpec("adam", 0.001, Map.of());

  private final NetworkSpec spec;

  LayerFit(NetworkSpec spec) {
    this.spec = spec;
  }

  /**
   * A layer fitted to certain rows.
   *
   * @param between converts the rows first
   * @param layer empty when the conversion is all
   * @param out type of its output
   */
  record Fitted(Optional<InputPreProcessor> between, Optional<Layer> layer, InputType out) {}

  /** Starts a network with the settings that all layers share. */
  NeuralNetConfiguration.Builder common() {
    return new NeuralNetConfiguration.Builder()
        .seed(spec.seed())
        .weightInit(WeightInits.create(spec.weightInit()))
        .activation(Activations.create(spec.defaults().activation()))
        .updater(updater());
  }

  private IUpdater updater() {
    return NetworkBuilder.updater(
        spec.updates().optimizer().orElse(USUAL), spec.updates().schedule());
  }

  /** The network with the penalties of the job on the weights of its layers. */
  Blueprint penalised(Blueprint network) {
    List<Regularization> penalties = spec.penalties().regularizations();
    for (NeuralNetConfiguration layer : network.layers()) {
      LayerOptimizers.penalise(layer.getLayer(), penalties, updater());
    }
    return network;
  }

  /**
   * A layer of a job file, which may become several of DL4J's layers in sequence, or none.
   *
   * @param layer has passed {@link LayerTypes#check}
   * @param rows type of its input
   * @param key the layer's key in the job file
   * @throws ConfigException when the layer cannot take these rows
   */
  List<Fitted> layer(Map<String, Object> layer, InputType rows, String key) {
    String type = LayerTypes.type(layer);
    requireAccepted(type, rows, key);
    requireCountable(rows, key);
    List<Fitted> fitted = new ArrayList<>();
    InputType here = rows;
    if (type.equals("flatten") && rows instanceof InputType.InputTypeConvolutional image) {
      InputPreProcessor flatten =
          new CnnToFeedForwardPreProcessor(
              image.getHeight(), image.getWidth(), image.getChannels());
      here = flatten.getOutputType(rows);
      fitted.add(new Fitted(Optional.of(flatten), Optional.empty(), here));
    }
    for (Layer made : LayerTypes.create(layer, spec.defaults())) {
      Fitted next = fit(made, here, key, type);
      fitted.add(next);
      here = next.out();
    }
    return fitted;
  }

  /**
   * The output layer for certain rows.
   *
   * @throws ConfigException when it cannot take them
   */
  Fitted output(DataShape.Output output, InputType rows) {
    boolean eachStep = kind(rows) == LayerInput.SEQUENCE;
    if (eachStep && output.shape().sizes().size() != 2) {
      throw new ConfigException(
          "Invalid model.layers: the last layer must give a vector, got the sequence "
              + shape(rows)
              + "; add globalPool, or returnSequences: false on the layer before");
    }
    String loss = spec.loss().orElse(usualLoss(output.task()));
    boolean ofShares = Losses.activation(loss) == Activation.SOFTMAX;
    if (ofShares && output.shape().length() < 2) {
      throw new ConfigException("model.loss", "needs at least 2 outputs, has 1", loss);
    }
    FeedForwardLayer layer =
        eachStep
            ? ofEachStep(Losses.create(loss))
            : new OutputLayer.Builder(Losses.create(loss)).build();
    layer.setNOut(eachStep ? output.shape().sizes().get(0) : output.shape().length());
    layer.setActivationFn(outputActivation(loss));
    return fit(layer, rows, "model.loss", "the output layer");
  }

  private RnnOutputLayer ofEachStep(ILossFunction loss) {
    boolean tied =
        spec.source() instanceof NetworkSpec.Named named
            && named.parameters().getOrDefault(Models.TIE, false).equals(true);
    RnnOutputLayer layer = tied ? new TiedOutput() : new RnnOutputLayer.Builder(loss).build();
    layer.setLossFn(loss);
    return layer;
  }

  /** DL4J takes each loss of probabilities with one activation only. */
  private IActivation outputActivation(String loss) {
    Optional<String> named = spec.outputActivation();
    if (named.isPresent() && Losses.isOfProbabilities(loss)) {
      throw new ConfigException(
          SpecCheck.OUTPUT_ACTIVATION,
          "must be left out with the loss " + loss + ", which has its own",
          named.get());
    }
    return named
        .map(Activations::create)
        .orElseGet(() -> Losses.activation(loss).getActivationFunction());
  }

  /**
   * A layer of DL4J fitted to certain rows.
   *
   * @param key the layer's key in the job file
   * @param type its name in messages
   * @throws ConfigException when it cannot take them
   */
  static Fitted fit(Layer layer, InputType rows, String key, String type) {
    try {
      InputPreProcessor between = layer.getPreProcessorForInputType(rows);
      InputType seen = between == null ? rows : between.getOutputType(rows);
      layer.setNIn(seen, false);
      if (layer instanceof EmbeddingSequenceLayer embedding) {
        embedding.setInputLength(Math.toIntExact(LayerSize.length(seen))); // which DL4J takes as 1
      }
      InputType out = layer.getOutputType(0, seen);
      requireSomethingLeft(out);
      requireCountable(out, key);
      return new Fitted(Optional.ofNullable(between), Optional.of(layer), pooled(layer, out));
    } catch (DL4JException | IllegalStateException | IllegalArgumentException e) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Invalid %s: %s cannot take %s, %s",
              key,
              type,
              shape(rows),
              e.getMessage()),
          e);
    }
  }

  private static void requireAccepted(String type, InputType rows, String key) {
    LayerInput kind = kind(rows);
    if (!LayerTypes.accepts(type).contains(kind)) {
      String needed =
          LayerTypes.accepts(type).stream().map(LayerFit::words).collect(joining(" or "));
      String rule = "needs " + needed + " but gets " + kind + " " + shape(rows);
      throw new ConfigException(List.of(new Problem(key, rule, type)));
    }
  }

  /** Refuses rows that no array can hold: DL4J's arithmetic would overflow. */
  private static void requireCountable(InputType rows, String key) {
    boolean wide =
        rows instanceof InputType.InputTypeConvolutional image
            && Math.max(image.getHeight(), image.getWidth()) > MOST_PIXELS_A_SIDE;
    if (wide || LayerSize.length(rows) > Integer.MAX_VALUE) {
      String rule =
          String.format(
              Locale.ROOT,
              "must give rows of at most %d numbers, and images of at most %d pixels per side",
              Integer.MAX_VALUE,
              MOST_PIXELS_A_SIDE);
      throw new ConfigException(key, rule, shape(rows));
    }
  }

  private static void requireSomethingLeft(InputType out) {
    if (out instanceof InputType.InputTypeConvolutional image
        && (image.getHeight() < 1 || image.getWidth() < 1)) {
      throw new IllegalArgumentException("its kernel is larger than the image");
    }
  }

  /** DL4J treats a pooled sequence as a sequence, and would insert a preprocessor. */
  private static InputType pooled(Layer layer, InputType out) {
    return layer instanceof GlobalPoolingLayer && out instanceof InputType.InputTypeRecurrent steps
        ? InputType.feedForward(steps.getSize())
        : out;
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

  private static LayerInput kind(InputType type) {
    return switch (type.getType()) {
      case RNN -> LayerInput.SEQUENCE;
      case CNN -> LayerInput.IMAGE;
      default -> LayerInput.VECTOR;
    };
  }

  private static String words(LayerInput kind) {
    return switch (kind) {
      case VECTOR -> "VECTOR [size]";
      case SEQUENCE -> "SEQUENCE [features, steps]";
      case IMAGE -> "IMAGE [channels, height, width]";
    };
  }

  /** The shape of one row, as written in messages. */
  static String shape(InputType type) {
    return Arrays.toString(type.getShape(false));
  }
}
