package io.evenstep.driver.config.key;

import io.evenstep.worker.plan.Wire;
import java.util.Optional;

/** A way to keep replicas in agreement that a run may choose, with sync {@code auto}. */
public enum Way {
  /** Exact sums of gradients. */
  FLOAT32,
  /** Sums that are rounded to the upper half of a float. */
  BFLOAT16,
  /** Sums that are rounded to a byte and a scale. */
  INT8,
  /** The largest entries of gradients. */
  SHARING,
  /** Weights are averaged every few steps. */
  AVERAGING;

  /** The format of sums; empty for a way that is not a format. */
  public Optional<Wire> wire() {
    return Wire.named(name());
  }
}
