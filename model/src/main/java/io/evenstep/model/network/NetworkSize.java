package io.evenstep.model.network;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How large a network is, in floats.
 *
 * @param parameters of the flat parameter vector
 * @param optimizerState beside it; 0 for an optimizer without
 * @param activations that one row leaves in its layers, to be kept for the way back
 */
public record NetworkSize(long parameters, long optimizerState, long activations) {
  /**
   * Measures a network of DL4J's, by sending one row of zeros through it.
   *
   * @param data what one row looks like
   */
  public static NetworkSize of(Network network, DataShape data) {
    long activations = 0;
    if (network instanceof Dl4jNetwork layers) {
      activations =
          layers.activations(ShapeCheck.row(data.inputShapes(), data.outputShapes())).stream()
              .mapToLong(INDArray::length)
              .sum();
    }
    return new NetworkSize(
        network.parameters().length(),
        network.optimizerState().map(INDArray::length).orElse(0L),
        activations);
  }
}
