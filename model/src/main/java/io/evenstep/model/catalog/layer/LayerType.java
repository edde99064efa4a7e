package io.evenstep.model.catalog.layer;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;

/**
 * A type of layer, and how to make DL4J's layers for it.
 *
 * @param accepts the kinds of input that it can take
 * @param maker makes the layers
 */
record LayerType(Set<LayerInput> accepts, Maker maker) {
  static final Parameter ACTIVATION =
      Parameter.optionalChoice("activation", Activations.names(), "left out: model.activation");
  static final Parameter DROPOUT =
      Parameter.optional(
          "dropout", Rule.FRACTION, "probability of dropping an output; left out: model.dropout");
  static final Parameter BIAS = Parameter.of("bias", Rule.FLAG, true, "whether a bias is added");

  @FunctionalInterface
  interface Maker {
    List<Layer> make(Arguments arguments, LayerDefaults defaults);
  }

  static Set<LayerInput> kinds(LayerInput first, LayerInput... others) {
    return EnumSet.copyOf(
        java.util.stream.Stream.concat(java.util.stream.Stream.of(first), Arrays.stream(others))
            .toList());
  }

  static IActivation activation(Arguments arguments, String standard) {
    return Activations.create(
        arguments.has("activation") ? arguments.text("activation") : standard);
  }

  /**
   * DL4J's dropout drops a layer's inputs. Everyone else means its outputs, so we add a dropout
   * layer.
   */
  static List<Layer> withDropout(Layer layer, Arguments arguments, LayerDefaults defaults) {
    double dropped = arguments.has("dropout") ? arguments.number("dropout") : defaults.dropout();
    return dropped == 0 ? List.of(layer) : List.of(layer, dropout(dropped));
  }

  static Layer dropout(double dropped) {
    return new DropoutLayer.Builder(1 - dropped).build(); // DL4J takes the probability of keeping
  }
}
