package io.evenstep.driver.config;

import io.evenstep.driver.config.key.Metrics;

/**
 * When training ends before its last epoch.
 *
 * @param metric of the validation rows, such as {@code loss}
 * @param patience epochs without improvement, at least 1
 * @param minDelta how much better a metric has to be to count, at least 0
 */
public record StoppingConfig(String metric, int patience, double minDelta) {
  /** Whether a greater value of the metric is the better one. */
  public boolean higherIsBetter() {
    return Metrics.higherIsBetter(metric);
  }
}
