package io.evenstep.worker.plan;

import java.time.Duration;

/** Limits for tests. */
public final class TestLimits {
  private TestLimits() {}

  /** The same for all waits. */
  public static Limits all(Duration limit) {
    return new Limits(limit, limit, limit, limit, 1 << 14);
  }

  /** One limit for connecting, and one for slow or silent peers. */
  public static Limits of(Duration connect, Duration peer) {
    return new Limits(connect, peer, peer, peer, 1 << 14);
  }
}
