package io.evenstep.worker.plan;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a worker waits, and how much memory it uses for rows.
 *
 * @param connect limit for all connections together, after the rendezvous
 * @param peer longest wait for a peer that is alive but slow, within a step
 * @param silence longest time without anything from a peer, not even a heartbeat
 * @param read longest wait for rows from storage
 * @param prefetchBytes bytes of rows read ahead, encoded and decoded
 */
public record Limits(
    Duration connect, Duration peer, Duration silence, Duration read, long prefetchBytes)
    implements Serializable {
  /**
   * 30 s to connect, 10 minutes for a slow peer, 15 s for a silent one, 5 minutes for storage, 64
   * MB.
   */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          64L << 20);
}
