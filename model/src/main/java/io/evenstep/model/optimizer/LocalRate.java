package io.evenstep.model.optimizer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The rate of a layer's weights in {@link Lars}: {@code trustCoefficient |w| / (|g| + l2 |w|)}; 1
 * when either norm is 0. For DL4J it is a penalty: applied to the gradient before the optimizer and
 * after the other penalties, and with access to the weights. Biases, and gamma and beta of batch
 * normalisation, have no penalties and so keep the steps of plain momentum.
 */
public final class LocalRate implements Regularization {
  private static final long serialVersionUID = 1L;

  @JsonProperty("l2")
  private final double l2;

  @JsonProperty("trustCoefficient")
  private final double trustCoefficient;

  /**
   * @param l2 the factor of the L2 penalty, which is contained in the gradient; at least 0
   * @param trustCoefficient above 0
   */
  public LocalRate(
      @JsonProperty("l2") double l2, @JsonProperty("trustCoefficient") double trustCoefficient) {
    this.l2 = l2;
    this.trustCoefficient = trustCoefficient;
  }

  /** The factor of the L2 penalty, which is contained in the gradient. */
  public double l2() {
    return l2;
  }

  /**
   * The factor of a gradient.
   *
   * @param weights norm of the weights
   * @param gradient norm of the gradient without the L2 penalty
   */
  public double of(double weights, double gradient) {
    return weights > 0 && gradient > 0 ? trustCoefficient * weights / (gradient + l2 * weights) : 1;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.BEFORE_UPDATER;
  }

  @Override
  public void apply(INDArray weights, INDArray gradient, double rate, int iteration, int epoch) {
    INDArray own = l2 == 0 ? gradient : gradient.sub(weights.mul(l2));
    gradient.muli(of(weights.norm2Number().doubleValue(), own.norm2Number().doubleValue()));
  }

  /** Adds nothing to the loss. */
  @Override
  public double score(INDArray weights, int iteration, int epoch) {
    return 0;
  }

  @Override
  public LocalRate clone() {
    return new LocalRate(l2, trustCoefficient);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LocalRate that
        && Double.compare(l2, that.l2) == 0
        && Double.compare(trustCoefficient, that.trustCoefficient) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(l2) * 31 + Double.hashCode(trustCoefficient);
  }
}
