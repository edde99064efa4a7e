package io.evenstep.model.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The sign of a mean of gradients, times the learning rate (Chen and others 2023, "Symbolic
 * discovery of optimization algorithms"): {@code step = rate sign(beta1 m + (1 - beta1) g)}, then
 * {@code m = beta2 m + (1 - beta2) g}. All steps are as large as the rate, so the rate should be 3
 * to 10 times smaller than Adam's.
 */
public final class Lion extends MomentOptimizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param beta1 share of the mean in the sum whose sign is taken, at least 0 and below 1
   * @param beta2 decay of the mean, at least 0 and below 1
   */
  public Lion(@JsonProperty("beta1") double beta1, @JsonProperty("beta2") double beta2) {
    super(beta1, beta2);
  }

  @Override
  List<String> remembered() {
    return List.of("M");
  }

  @Override
  void apply(INDArray gradient, List<INDArray> state, int iteration, int epoch) {
    INDArray mean = state.get(0);
    INDArray mixed = mean.mul(beta1()).addi(gradient.mul(1 - beta1()));
    mean.muli(beta2()).addi(gradient.mul(1 - beta2()));
    gradient.assign(Transforms.sign(mixed, false).muli(getLearningRate(iteration, epoch)));
  }

  @Override
  Lion copy() {
    return new Lion(beta1(), beta2());
  }
}
