package io.evenstep.model.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adam with steps in proportion to a layer's weights, for large batches (You and others 2020,
 * "Large batch optimization for deep learning: training BERT in 76 minutes"). A DL4J optimizer does
 * not see parameters, so the second half is {@link TrustRatio}, which {@link TrustRatio#last} puts
 * after the penalties of a layer.
 */
public final class Lamb extends CorrectedOptimizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon added to the root of that mean; above 0
   */
  public Lamb(
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon) {
    super(beta1, beta2, epsilon);
  }

  @Override
  void addSquares(INDArray gradient, INDArray mean, INDArray squares) {
    squares.muli(beta2()).addi(gradient.mul(gradient).muli(1 - beta2()));
  }

  @Override
  Lamb copy() {
    return new Lamb(beta1(), beta2(), epsilon());
  }
}
