package io.evenstep.driver.stage;

import java.time.Duration;

/**
 * Has a thread that waits at Spark's barrier look 50 times a second whether all have come. By
 * itself Spark 3.5's {@code BarrierTaskContext} sleeps a whole second before it looks, and looks at
 * once when that sleep is interrupted, which by itself is no reason for it to give up: it asks
 * Spark whether the task was killed. The thread is interrupted in a timed wait only, so neither
 * where it works nor, once this is closed, ever.
 */
final class BarrierPulse implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final Thread waiting;
  private final Thread pulse = new Thread(this::beat, "evenstep-barrier-pulse");
  private boolean closed; // guarded by this

  private BarrierPulse(Thread waiting) {
    this.waiting = waiting;
  }

  /** Begins for the thread that calls, which closes it. */
  static BarrierPulse ofThisThread() {
    BarrierPulse pulse = new BarrierPulse(Thread.currentThread());
    pulse.pulse.setDaemon(true);
    pulse.pulse.start();
    return pulse;
  }

  private synchronized void beat() {
    try {
      while (!closed) {
        wait(PERIOD.toMillis());
        if (!closed && waiting.getState() == Thread.State.TIMED_WAITING) {
          waiting.interrupt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody else's; the barrier is slower without us
    }
  }

  /** Ends it; what is left of its last interrupt is taken back. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean unused = Thread.interrupted();
    try {
      pulse.join(JOIN_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
