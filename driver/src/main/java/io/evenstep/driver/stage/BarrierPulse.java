package io.evenstep.driver.stage;

import java.time.Duration;

/**
 * Makes a thread that waits at Spark's barrier check 50 times a second whether all tasks have
 * arrived. Spark 3.5's {@code BarrierTaskContext} sleeps a full second between checks. Interrupting
 * the sleep makes it check at once and does not end the wait, because it asks Spark whether the
 * task was killed. The thread is interrupted only during a timed wait, and never after this is
 * closed.
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

  /** Starts for the calling thread, which must close the result. */
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
      Thread.currentThread()
          .interrupt(); // interrupted by someone else; without the pulse the barrier is only slower
    }
  }

  /** Stops the pulse and clears a remaining interrupt. */
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
