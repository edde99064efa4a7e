package io.evenstep.model.metric;

import java.util.List;

/**
 * One metric of several networks.
 *
 * @param mean over the networks that have it
 * @param spread standard deviation of a sample; 0 for one network
 * @param values of each network that has it, in the order of the folds
 */
public record MetricSpread(double mean, double spread, List<Double> values) {
  /** Copies the list. */
  public MetricSpread {
    values = List.copyOf(values);
  }

  /**
   * Computes mean and spread.
   *
   * @param values at least one
   */
  public static MetricSpread of(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.size();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new MetricSpread(mean, Math.sqrt(squares / Math.max(1, values.size() - 1)), values);
  }
}
