package io.evenstep.driver.control;

import java.util.Optional;

/**
 * A request to end the process before its work is done. Running work can register to be notified.
 * Thread-safe.
 */
public final class StopRequest {
  private Runnable hearer = () -> {}; // guarded by this, as is the next field
  private Optional<String> reason = Optional.empty();

  /** Requests a stop. The first reason wins. Each call notifies the running work. */
  public synchronized void ask(String why) {
    reason = Optional.of(reason.orElse(why));
    hearer.run();
  }

  /** The reason, such as {@code SIGTERM}; empty when no stop was requested. */
  public synchronized Optional<String> reason() {
    return reason;
  }

  /**
   * Runs {@code told} on each stop request until the result is closed; at once if a stop was
   * requested before. The previous listener is restored on close.
   *
   * @param told must be quick; any thread may run it, several times
   */
  public synchronized Hearing hear(Runnable told) {
    Runnable before = hearer;
    hearer = told;
    if (reason.isPresent()) {
      told.run();
    }
    return () -> restore(before);
  }

  private synchronized void restore(Runnable before) {
    hearer = before;
  }

  /**
   * Ends work that has nothing to save.
   *
   * @param during such as {@code while it waited}
   * @throws TemporaryException when a stop was requested
   */
  public void requireNone(String during) {
    if (reason().isPresent()) {
      throw new TemporaryException("Stopped by " + reason().get() + " " + during);
    }
  }

  /**
   * The exception to throw once the work has stopped.
   *
   * @param how far the work is, such as {@code after step 3}
   */
  public TemporaryException stopped(String where, Throwable cause) {
    return new TemporaryException("Stopped by " + reason().orElse("request") + where, cause);
  }

  /** A subscription to stop requests, until it is closed. */
  public interface Hearing extends AutoCloseable {
    @Override
    void close();
  }
}
