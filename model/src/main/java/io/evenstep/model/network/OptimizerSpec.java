package io.evenstep.model.network;

import java.util.Map;

/**
 * An optimizer by name, with its parameters.
 *
 * @param name one of {@link io.evenstep.model.catalog.Optimizers#names()}
 * @param learningRate above 0
 * @param parameters the optimizer's other parameters, by name ({@code momentum, beta1, beta2,
 *     epsilon, rho}); those left out have their defaults
 */
public record OptimizerSpec(String name, double learningRate, Map<String, Double> parameters) {
  /** Copies the map. */
  public OptimizerSpec {
    parameters = Map.copyOf(parameters);
  }
}
