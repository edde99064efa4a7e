package io.evenstep.model.catalog;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls along half a cosine (Loshchilov and Hutter 2017, "SGDR: Stochastic
 * gradient descent with warm restarts", without restarts). DL4J has none.
 *
 * @param rate at step 0
 * @param minimum from {@code steps} on
 * @param steps at least 1
 */
public record CosineSchedule(
    @JsonProperty("rate") double rate,
    @JsonProperty("minimum") double minimum,
    @JsonProperty("steps") long steps)
    implements ISchedule {
  /** Annotated for DL4J's JSON. */
  @JsonCreator
  public CosineSchedule {}

  @Override
  public double valueAt(int step, int epoch) {
    double done = Math.min(1.0, (double) step / steps);
    return minimum + (rate - minimum) * 0.5 * (1 + Math.cos(Math.PI * done));
  }

  @Override
  @SuppressWarnings("MissingSuperCall")
  public CosineSchedule clone() {
    return this; // immutable
  }
}
