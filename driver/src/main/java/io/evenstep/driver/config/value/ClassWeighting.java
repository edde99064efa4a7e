package io.evenstep.driver.config.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights of rows by class.
 *
 * @param factors by class; empty for balanced factors, computed from the training rows, which give
 *     all classes the same total weight
 */
public record ClassWeighting(Map<String, Double> factors) {
  /** The word for balanced factors in a job file. */
  public static final String BALANCED = "balanced";

  /** Copies the map and keeps its order. */
  public ClassWeighting {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }

  /** Whether the factors are balanced. */
  public boolean isBalanced() {
    return factors.isEmpty();
  }

  /** The value in the form of a job file. */
  public Object plain() {
    return isBalanced() ? BALANCED : factors;
  }
}
