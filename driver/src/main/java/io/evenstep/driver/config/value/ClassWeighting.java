package io.evenstep.driver.config.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much rows count by their class.
 *
 * @param factors by class; none for factors that follow from the training rows, by which all
 *     classes count alike
 */
public record ClassWeighting(Map<String, Double> factors) {
  /** How factors that follow from the training rows are written. */
  public static final String BALANCED = "balanced";

  /** Copies the map in its order. */
  public ClassWeighting {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }

  /** Whether the factors follow from the training rows. */
  public boolean isBalanced() {
    return factors.isEmpty();
  }

  /** As a job file has it. */
  public Object plain() {
    return isBalanced() ? BALANCED : factors;
  }
}
