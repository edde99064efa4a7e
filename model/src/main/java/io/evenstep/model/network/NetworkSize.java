package io.evenstep.model.network;

import io.evenstep.model.network.dl4j.Dl4jNetwork;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
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
   * Works it out from a configuration, before anything of it is made.
   *
   * @param inputs the shape of a row of each; none where only the weights are asked for
   */
  static NetworkSize of(Blueprint blueprint, List<Shape> inputs) {
    return new NetworkSize(
        blueprint.parameterCount(),
        blueprint.layers().stream().mapToLong(LayerSize::optimizerState).reduce(0, LayerSize::sum),
        inputs.isEmpty() ? 0 : blueprint.activations(inputs));
  }

  /**
   * The least that one replica takes while it trains: parameters and optimizer state, and for each
   * worker that computes on it a gradient, and what rows leave in the layers.
   *
   * @param workers that share it
   * @param rows that go through at once, of each worker
   * @return bytes
   */
  public double leastBytes(int workers, long rows) {
    double each = parameters + (double) rows * activations;
    return Float.BYTES * ((double) parameters + optimizerState + workers * each);
  }

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
