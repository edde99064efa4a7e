package io.evenstep.model.loss;

import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The pinball loss: its mean is smallest at the given quantile of the label (Koenker and Bassett
 * 1978); mean over the outputs.
 */
public final class QuantileLoss extends ElementwiseLoss {
  private static final long serialVersionUID = 1L;

  @JsonProperty("quantile")
  private final double quantile;

  /**
   * @param quantile between 0 and 1, both excluded
   */
  public QuantileLoss(@JsonProperty("quantile") double quantile) {
    if (!(quantile > 0 && quantile < 1)) {
      throw new IllegalArgumentException(
          "Invalid quantile: must be above 0 and below 1, got " + quantile);
    }
    this.quantile = quantile;
  }

  @Override
  public double term(double output, double label) {
    return Math.max(quantile * (label - output), (quantile - 1) * (label - output));
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
    return name() + "(" + quantile + ")";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QuantileLoss that && quantile == that.quantile;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(quantile);
  }
}
