package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.layer.LayerTypes;
import io.evenstep.model.layer.LocalLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Builds a network from a list of layers, one after the other, with the output layer at the end.
 */
final class LayerStack {
  private final NeuralNetConfiguration.ListBuilder stack;
  private final LayerFit fit;
  private InputType rows; // output type of the layers so far
  private int height; // layers so far

  private LayerStack(NetworkSpec spec, InputType rows) {
    this.fit = new LayerFit(spec);
    this.stack = fit.common().list();
    this.rows = rows;
  }

  /**
   * @param layers as a job file writes them; each has passed {@link LayerTypes#check}
   * @param data with one input and one output
   * @throws ConfigException when a layer cannot take the output of the previous one
   */
  static Blueprint assemble(List<Map<String, Object>> layers, NetworkSpec spec, DataShape data) {
    LayerStack stack = new LayerStack(spec, LayerFit.inputType(data.inputs().get(0).shape()));
    for (int i = 0; i < layers.size(); i++) {
      stack.fit.layer(layers.get(i), stack.rows, key(spec.source(), i)).forEach(stack::push);
    }
    stack.push(stack.fit.output(data.outputs().get(0), stack.rows));
    return stack.fit.penalised(Blueprint.of(stack.stack.build()));
  }

  /**
   * A network of one layer that learns by a rule of its own. Its loss only measures.
   *
   * @param name of the network
   * @throws ConfigException when the labels are not the features
   */
  static Blueprint ofLocal(LocalLayer layer, NetworkSpec spec, DataShape data, String name) {
    DataShape.Output output = data.outputs().get(0);
    boolean same =
        data.inputs().size() == 1
            && data.outputs().size() == 1
            && output.task() == Task.REGRESSION
            && output.shape().length() == data.inputs().get(0).shape().length();
    if (!same) {
      throw new ConfigException(
          "model.name", "must be another, or data.task reconstruction: it gives back rows", name);
    }
    LayerStack stack = new LayerStack(spec, LayerFit.inputType(data.inputs().get(0).shape()));
    stack.push(LayerFit.fit(layer, stack.rows, "model.name", name));
    LossLayer loss =
        new LossLayer.Builder(Losses.create("mse")).activation(Activation.IDENTITY).build();
    loss.setNIn(layer.getNOut()); // which the table of layers shows
    loss.setNOut(layer.getNOut());
    stack.push(new LayerFit.Fitted(Optional.empty(), Optional.of(loss), stack.rows));
    return stack.fit.penalised(Blueprint.of(stack.stack.build()));
  }

  /** The layer's key in the job, or its position in one of our networks. */
  private static String key(NetworkSpec.Source source, int layer) {
    return source instanceof NetworkSpec.Named named
        ? "model.name " + named.name() + ", layer " + layer
        : "model.layers[" + layer + "]";
  }

  private void push(LayerFit.Fitted fitted) {
    fitted.between().ifPresent(between -> stack.inputPreProcessor(height, between));
    fitted.layer().ifPresent(layer -> stack.layer(height++, layer));
    rows = fitted.out();
  }
}
