package io.evenstep.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that mixes noise into its output. */
public interface Noisy extends OwnLayer {
  /** How many numbers of noise a row has. */
  long noiseWidth();

  /**
   * Computes the output.
   *
   * @param in [rows, size]
   * @param noise [rows, {@link #noiseWidth}], of mean 0 and standard deviation 1; or 0
   * @return [rows, ...], a new array
   */
  INDArray forward(INDArray in, INDArray noise);

  /**
   * Computes the slope of the input.
   *
   * @param noise as in the forward pass
   * @param slope of the output
   * @return in the shape of the input, a new array
   */
  INDArray backward(INDArray in, INDArray noise, INDArray slope);
}
