package io.evenstep.worker.plan;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a worker waits and how much it holds.
 *
 * @param connect for all connections together, once the ranks have met
 * @param peer longest wait for a peer that lives but is slow, within a step
 * @param silence longest time a peer may send nothing at all, not even that it lives
 * @param read longest wait for rows from storage
 * @param prefetchBytes rows held ahead of the network, encoded and decoded
 */
public record Limits(
    Duration connect, Duration peer, Duration silence, Duration read, long prefetchBytes)
    implements Serializable {
  /**
   * Half a minute to connect, ten for a slow peer, 15 s for a silent one, five for storage, 64 MB.
   */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          64L << 20);
}
