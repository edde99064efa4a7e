package io.evenstep.model.network;

import java.util.Map;

/**
 * An optimizer by name, with its parameters.
 *
 * @param name one of {@link io.evenstep.model.catalog.Optimizers#names()}
 * @param learningRate above 0
 * @param parameters the optimizer's own, by their usual names ({@code momentum, beta1, beta2,
 *     epsilon, rho}); one left out takes its usual default
 */
public record OptimizerSpec(String name, double learningRate, Map<String, Double> parameters) {
  /** Copies the map. */
  public OptimizerSpec {
    parameters = Map.copyOf(parameters);
  }
}
