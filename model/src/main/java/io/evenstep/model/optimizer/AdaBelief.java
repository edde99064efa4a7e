package io.evenstep.model.optimizer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Adam, but divides by the distance of gradients from their mean, not from 0 (Zhuang and others
 * 2020, "AdaBelief optimizer: adapting stepsizes by the belief in observed gradients"): {@code s =
 * beta2 s + (1 - beta2) (g - m)^2 + epsilon}. ND4J's AdaBelief asks for less state than it uses.
 */
public final class AdaBelief extends CorrectedOptimizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared distances from it, at least 0 and below 1
   * @param epsilon added to that mean and to its root; above 0
   */
  public AdaBelief(
      @JsonProperty("beta1") double beta1,
      @JsonProperty("beta2") double beta2,
      @JsonProperty("epsilon") double epsilon) {
    super(beta1, beta2, epsilon);
  }

  @Override
  void addSquares(INDArray gradient, INDArray mean, INDArray squares) {
    INDArray distance = gradient.sub(mean);
    squares.muli(beta2()).addi(distance.muli(distance).muli(1 - beta2())).addi(epsilon());
  }

  @Override
  AdaBelief copy() {
    return new AdaBelief(beta1(), beta2(), epsilon());
  }
}
