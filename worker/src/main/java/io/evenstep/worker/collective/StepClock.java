package io.evenstep.worker.collective;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Measures where a worker's time goes. A worker is always in exactly one phase. Belongs to one
 * thread.
 */
public final class StepClock {
  /** What a worker can be doing. */
  public enum Phase {
    /** Waiting for the feed's next rows. */
    FEED,
    /** Forward and backward, and adding the own shards' gradients. */
    COMPUTE,
    /** Sending, receiving, and adding what is sent and received. */
    COMMUNICATE,
    /** Waiting for slower peers. */
    WAIT,
    /** The optimizer's step. */
    UPDATE,
    /** Everything else: evaluation, checkpoints, reports. */
    OTHER
  }

  private final long[] nanos = new long[Phase.values().length];
  private Phase phase = Phase.OTHER;
  private long since = System.nanoTime();

  /** From now on time counts for {@code next}; returns the phase before. */
  public Phase enter(Phase next) {
    long now = System.nanoTime();
    nanos[phase.ordinal()] += now - since;
    Phase before = phase;
    since = now;
    phase = next;
    return before;
  }

  /** Moves time to another phase, for work of that phase that was done during this one. */
  public void move(Phase from, Phase to, long moved) {
    nanos[from.ordinal()] -= moved;
    nanos[to.ordinal()] += moved;
  }

  /** Copies the nanoseconds in each phase, by its ordinal, for other threads. */
  public void copyTo(AtomicLongArray target) {
    for (int i = 0; i < nanos.length; i++) {
      target.lazySet(i, nanos[i]);
    }
  }

  /** Milliseconds in each phase so far. */
  public Map<Phase, Double> milliseconds() {
    enter(phase);
    Map<Phase, Double> totals = new EnumMap<>(Phase.class);
    for (Phase each : Phase.values()) {
      totals.put(each, nanos[each.ordinal()] / 1e6);
    }
    return totals;
  }
}
