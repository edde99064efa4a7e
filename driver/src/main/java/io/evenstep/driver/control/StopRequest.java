package io.evenstep.driver.control;

import java.util.Optional;

/**
 * Whether the process has been asked to end before its work is done, and how whoever is at work
 * hears of it. For any thread.
 */
public final class StopRequest {
  private Runnable hearer = () -> {}; // guarded by this, as the next
  private Optional<String> reason = Optional.empty();

  /** Asks, for good, for the reason that was given first; each time, whoever is at work hears. */
  public synchronized void ask(String why) {
    reason = Optional.of(reason.orElse(why));
    hearer.run();
  }

  /** Why it was asked, such as {@code SIGTERM}; empty when it was not. */
  public synchronized Optional<String> reason() {
    return reason;
  }

  /**
   * From now on, until the result is closed, {@code told} runs each time the process is asked to
   * end; at once when it was already. What heard before hears again after.
   *
   * @param told must be quick, and may be run by any thread, again and again
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
   * Ends work that has nothing to keep.
   *
   * @param during such as {@code while it waited}
   * @throws TemporaryException when the process was asked to end
   */
  public void requireNone(String during) {
    if (reason().isPresent()) {
      throw new TemporaryException("Stopped by " + reason().get() + " " + during);
    }
  }

  /**
   * What to throw once the work has ended because of it.
   *
   * @param where the work stands, such as {@code after step 3}
   */
  public TemporaryException stopped(String where, Throwable cause) {
    return new TemporaryException("Stopped by " + reason().orElse("request") + where, cause);
  }

  /** Somebody hears of requests until it is closed. */
  public interface Hearing extends AutoCloseable {
    @Override
    void close();
  }
}
