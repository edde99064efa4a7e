package io.evenstep.model.catalog;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that rises linearly to that of another schedule (Goyal and others 2017,
 * "Accurate, large minibatch SGD"). DL4J's {@code RampSchedule} of 1.0.0-M2.1 does the same, but a
 * network saved with it cannot be read back.
 *
 * @param base the schedule; followed from {@code steps} on
 * @param steps at least 1
 */
public record WarmupSchedule(
    @JsonProperty("base") ISchedule base, @JsonProperty("steps") long steps) implements ISchedule {
  /** Annotated for DL4J's JSON. */
  @JsonCreator
  public WarmupSchedule {}

  @Override
  public double valueAt(int step, int epoch) {
    double rate = base.valueAt(step, epoch);
    return step < steps ? rate * (step + 1) / steps : rate;
  }

  @Override
  @SuppressWarnings("MissingSuperCall")
  public WarmupSchedule clone() {
    return new WarmupSchedule(base.clone(), steps);
  }
}
