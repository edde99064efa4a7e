package io.evenstep.model.network;

import io.evenstep.model.network.dl4j.Dl4jNetwork;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;

/**
 * Networks that distinguish two classes by one number, the probability of the second, like Keras's
 * binary networks.
 */
final class OneProbability {
  private static final String ONE_NUMBER = "[1]";
  private static final Shape TWO_CLASSES = Shape.of(2);

  private OneProbability() {}

  /**
   * Whether an output of a network is such a number, given the data's output.
   *
   * @param given shape of the network's output
   */
  static boolean is(Network network, int output, String given, DataShape.Output data) {
    return given.equals(ONE_NUMBER)
        && data.task() == Task.CLASSIFICATION
        && data.shape().equals(TWO_CLASSES)
        && isSigmoid(network, output);
  }

  private static boolean isSigmoid(Network network, int output) {
    List<Layer> layers = network instanceof Dl4jNetwork dl4j ? dl4j.outputs() : List.of();
    return output < layers.size()
        && layers.get(output) instanceof BaseLayer layer
        && layer.getActivationFn() instanceof ActivationSigmoid;
  }
}
