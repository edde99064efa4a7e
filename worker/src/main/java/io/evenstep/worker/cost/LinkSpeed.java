package io.evenstep.worker.cost;

import java.io.Serializable;

/**
 * The network between hosts, when each sends to all others at once: a turn with {@code m} frames
 * and {@code b} bytes per host takes {@code latency + m * frame + b / bandwidth} (Hockney 1994,
 * "The communication challenge for MPP", with a cost per frame).
 *
 * @param latencySeconds of a turn, without its frames
 * @param frameSeconds for each frame that a host sends
 * @param bytesPerSecond that a host sends while it receives as many
 */
public record LinkSpeed(double latencySeconds, double frameSeconds, double bytesPerSecond)
    implements Serializable {
  /** Between the ranks of one process nothing is sent. */
  public static final LinkSpeed NONE = new LinkSpeed(0, 0, Double.POSITIVE_INFINITY);

  /** Gigabits per second. */
  public double gigabits() {
    return bytesPerSecond * Byte.SIZE / 1e9;
  }

  /** The slower of two in each respect. */
  LinkSpeed slower(LinkSpeed other) {
    return new LinkSpeed(
        Math.max(latencySeconds, other.latencySeconds),
        Math.max(frameSeconds, other.frameSeconds),
        Math.min(bytesPerSecond, other.bytesPerSecond));
  }
}
