package io.evenstep.worker;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a worker waits and how much it holds.
 *
 * @param connect for all connections together, once the ranks have met
 * @param peer longest wait for a peer within a step
 * @param read longest wait for rows from storage
 * @param prefetchBytes rows held ahead of the network, encoded and decoded
 */
public record Limits(Duration connect, Duration peer, Duration read, long prefetchBytes)
    implements Serializable {
  /** Half a minute to connect, a minute for a peer, five for storage, 64 MB. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(5), 64L << 20);
}
