package io.evenstep.model.network;

import io.evenstep.model.catalog.layer.LayerTypes;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;

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
   * @throws io.evenstep.model.ConfigException when a layer cannot take the output of the previous
   *     one
   */
  static Blueprint assemble(List<Map<String, Object>> layers, NetworkSpec spec, DataShape data) {
    LayerStack stack = new LayerStack(spec, LayerFit.inputType(data.inputs().get(0).shape()));
    for (int i = 0; i < layers.size(); i++) {
      stack.fit.layer(layers.get(i), stack.rows, key(spec.source(), i)).forEach(stack::push);
    }
    stack.push(stack.fit.output(data.outputs().get(0), stack.rows));
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
