package io.evenstep.model.optimizer;

import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** An optimizer that keeps decaying means of past gradients. */
public abstract sealed class MomentOptimizer extends RememberingOptimizer
    permits CorrectedOptimizer, Lion {
  private static final long serialVersionUID = 1L;

  @JsonProperty("beta1")
  private final double beta1;

  @JsonProperty("beta2")
  private final double beta2;

  MomentOptimizer(double beta1, double beta2) {
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  /** Decay of the mean of gradients that gives the step. */
  public final double beta1() {
    return beta1;
  }

  /** Decay of the other mean; for {@link Lion}, decay of its only mean. */
  public final double beta2() {
    return beta2;
  }

  @Override
  List<Object> settings() {
    return List.of(beta1, beta2);
  }
}
