package io.evenstep.model.loss;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The loss of a quantile q, {@code max(q e, (q - 1) e)} with {@code e = label - output}: its mean
 * is least at the q-quantile of the labels (Koenker and Bassett 1978, "Regression quantiles"); mean
 * over the outputs. Half the absolute error for q = 1/2.
 */
public final class QuantileLoss extends ElementwiseLoss {
  private static final long serialVersionUID = 1L;

  @JsonProperty("quantile")
  private final double quantile;

  /**
   * @param quantile above 0 and below 1
   */
  public QuantileLoss(@JsonProperty("quantile") double quantile) {
    this.quantile = quantile;
  }

  @Override
  public double term(double output, double label) {
    double error = label - output;
    return Math.max(quantile * error, (quantile - 1) * error);
  }

  @Override
  public double derivative(double output, double label) {
    return output < label ? -quantile : output > label ? 1 - quantile : 0;
  }

  @Override
  public boolean isMean() {
    return true;
  }

  @Override
  public String toString() {
    return "quantile(" + quantile + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuantileLoss that && quantile == that.quantile;
  }

  @Override
  public int hashCode() {
    return Objects.hash(quantile);
  }
}
