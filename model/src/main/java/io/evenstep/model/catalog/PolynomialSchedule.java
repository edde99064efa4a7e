package io.evenstep.model.catalog;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that falls as a power of the share of steps left. DL4J's {@code PolySchedule} of
 * 1.0.0-M2.1 rises instead: it uses {@code 1 + step / steps} instead of {@code 1 - step / steps}.
 *
 * @param rate at step 0
 * @param minimum from {@code steps} on
 * @param power above 0
 * @param steps at least 1
 */
public record PolynomialSchedule(
    @JsonProperty("rate") double rate,
    @JsonProperty("minimum") double minimum,
    @JsonProperty("power") double power,
    @JsonProperty("steps") long steps)
    implements ISchedule {
  /** Annotated for DL4J's JSON. */
  @JsonCreator
  public PolynomialSchedule {}

  @Override
  public double valueAt(int step, int epoch) {
    double left = Math.max(0.0, 1 - (double) step / steps);
    return minimum + (rate - minimum) * Math.pow(left, power);
  }

  @Override
  @SuppressWarnings("MissingSuperCall")
  public PolynomialSchedule clone() {
    return this; // immutable
  }
}
