package io.evenstep.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that adds a term to the loss of each row; its backward pass includes that term. */
public interface AddsLoss extends OwnLayer {
  /**
   * The sum of the rows' terms.
   *
   * @param in the layer's input, [rows, ...]
   */
  double added(INDArray in);
}
