package io.evenstep.model.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Momentum with a rate of its own for each layer, for large batches (You, Gitman and Ginsburg 2017,
 * "Large batch training of convolutional networks"): {@code v = momentum v + rate local (g + l2
 * w)}, subtracted from the parameters. A DL4J optimizer does not see parameters, so {@code local}
 * is {@link LocalRate}, which {@link TrustRatio#last} puts after the penalties of a layer.
 */
public final class Lars extends RememberingOptimizer {
  private static final long serialVersionUID = 1L;

  @JsonProperty("momentum")
  private final double momentum;

  @JsonProperty("trustCoefficient")
  private final double trustCoefficient;

  /**
   * @param momentum share of the last step that is kept, at least 0 and below 1
   * @param trustCoefficient factor of each layer's rate; above 0
   */
  public Lars(
      @JsonProperty("momentum") double momentum,
      @JsonProperty("trustCoefficient") double trustCoefficient) {
    this.momentum = momentum;
    this.trustCoefficient = trustCoefficient;
  }

  /** Share of the last step that is kept. */
  public double momentum() {
    return momentum;
  }

  /** Factor of each layer's rate. */
  public double trustCoefficient() {
    return trustCoefficient;
  }

  @Override
  List<String> remembered() {
    return List.of("V");
  }

  @Override
  void apply(INDArray gradient, List<INDArray> state, int iteration, int epoch) {
    INDArray velocity = state.get(0);
    gradient.muli(getLearningRate(iteration, epoch));
    velocity.muli(momentum).addi(gradient);
    gradient.assign(velocity);
  }

  @Override
  Lars copy() {
    return new Lars(momentum, trustCoefficient);
  }

  @Override
  List<Object> settings() {
    return List.of(momentum, trustCoefficient);
  }
}
