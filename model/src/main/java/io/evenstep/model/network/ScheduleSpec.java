package io.evenstep.model.network;

import java.util.Map;

/**
 * How the learning rate changes over the steps of a job.
 *
 * @param name one of {@code constant, step, exponential, polynomial, inverse, cosine}
 * @param warmupSteps steps over which the rate rises linearly to the schedule's; 0 for none
 * @param totalSteps steps of the whole job, where cosine and polynomial end
 * @param parameters the schedule's parameters: {@code gamma, everySteps, power, minimum}
 */
public record ScheduleSpec(
    String name, long warmupSteps, long totalSteps, Map<String, Double> parameters) {
  /** Copies the map. */
  public ScheduleSpec {
    parameters = Map.copyOf(parameters);
  }
}
