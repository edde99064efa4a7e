package io.evenstep.driver.config;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The quality gate of a run.
 *
 * @param metric such as {@code test.accuracy}
 * @param atLeast empty for no lower bound
 * @param atMost empty for no upper bound
 */
public record Gate(String metric, OptionalDouble atLeast, OptionalDouble atMost) {
  /** Whether the metric exists, is a number, and is within the bounds. */
  public boolean isMet(Map<String, Double> metrics) {
    double value = metrics.getOrDefault(metric, Double.NaN);
    return value >= atLeast.orElse(Double.NEGATIVE_INFINITY)
        && value <= atMost.orElse(Double.POSITIVE_INFINITY);
  }

  /** {@code test.accuracy at least 0.96}. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder(metric);
    atLeast.ifPresent(bound -> words.append(" at least ").append(bound));
    if (atLeast.isPresent() && atMost.isPresent()) {
      words.append(" and");
    }
    atMost.ifPresent(bound -> words.append(" at most ").append(bound));
    return words.toString();
  }
}
