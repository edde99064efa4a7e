package io.evenstep.driver.config;

import io.evenstep.driver.config.key.Metrics;

/**
 * Early stopping.
 *
 * @param metric of the validation rows, such as {@code loss}
 * @param patience epochs without improvement, at least 1
 * @param minDelta smallest change that counts as an improvement, at least 0
 */
public record StoppingConfig(String metric, int patience, double minDelta) {
  /** Whether greater values of the metric are better. */
  public boolean higherIsBetter() {
    return Metrics.higherIsBetter(metric);
  }
}
