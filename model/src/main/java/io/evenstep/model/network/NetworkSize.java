package io.evenstep.model.network;

import io.evenstep.model.network.dl4j.Dl4jNetwork;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How large a network is, in floats.
 *
 * @param parameters of the flat parameter vector
 * @param optimizerState of the optimizer's state; 0 for an optimizer without state
 * @param activations of one row in all layers, kept for the backward pass
 */
public record NetworkSize(long parameters, long optimizerState, long activations) {
  /**
   * Computes it from a configuration, before any of it is made.
   *
   * @param inputs the shape of a row of each input; empty when only the weights are asked for
   */
  static NetworkSize of(Blueprint blueprint, List<Shape> inputs) {
    return new NetworkSize(
        blueprint.parameterCount(),
        blueprint.layers().stream().mapToLong(LayerSize::optimizerState).reduce(0, LayerSize::sum),
        inputs.isEmpty() ? 0 : blueprint.activations(inputs));
  }

  /**
   * The least memory that one replica needs for training: parameters and optimizer state once, and
   * a gradient and activations for each worker that shares it.
   *
   * @param workers that share the replica
   * @param rows rows of a worker in one pass
   * @return bytes
   */
  public double leastBytes(int workers, long rows) {
    double each = parameters + (double) rows * activations;
    return Float.BYTES * ((double) parameters + optimizerState + workers * each);
  }

  /**
   * Measures a DL4J network by sending one row of zeros through it.
   *
   * @param data the shape of one row
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
