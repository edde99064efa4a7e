package io.evenstep.driver.report.live;

import io.evenstep.model.Reason;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest data of a run, for all its viewers. One thread updates the data about once a second,
 * but only while somebody is watching. Viewers wait for the next update.
 */
final class Feed implements AutoCloseable {
  /** Time between two updates. */
  static final Duration PACE = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofMillis(1_600);

  /** The maximum number of viewers at a time; each has a thread. */
  static final int MOST_WATCHERS = 12;

  private static final Logger log = LoggerFactory.getLogger(Feed.class);
  private static final long MOST_SHARE = 100; // pause, as a multiple of the time of an update

  private final RunView run;
  private final Thread maker;
  private int watchers; // guarded by this, like all fields below
  private Update newest = new Update(0, "", false);
  private boolean closed;

  /**
   * One update, as sent to a viewer.
   *
   * @param number sequence number
   * @param json one line
   * @param last whether the run has ended
   */
  record Update(long number, String json, boolean last) {}

  Feed(RunView run) {
    this.run = run;
    this.maker = new Thread(this::make, "evenstep-live");
    maker.setDaemon(true);
    maker.start();
  }

  /** Adds a viewer; returns false if there are too many already. */
  synchronized boolean join() {
    if (watchers == MOST_WATCHERS || closed) {
      return false;
    }
    watchers++;
    notifyAll();
    return true;
  }

  synchronized void leave() {
    watchers--;
    notifyAll();
  }

  /** Waits for the first update after that number; empty if no more will come. */
  synchronized Optional<Update> after(long number) throws InterruptedException {
    while (newest.number <= number && !closed && !newest.last) {
      wait();
    }
    return newest.number > number ? Optional.of(newest) : Optional.empty();
  }

  private void make() {
    try {
      run.prepare();
      while (awaitWatcher()) {
        long began = System.nanoTime();
        publish(false);
        long took = System.nanoTime() - began;
        pause(Math.max(PACE.toNanos(), Math.min(LONGEST.toNanos(), MOST_SHARE * took)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("The live page no longer updates; the run continues: {}", Reason.of(e), e);
    }
  }

  /** Waits until somebody is watching; returns false once the run has ended. */
  private synchronized boolean awaitWatcher() throws InterruptedException {
    while (watchers == 0 && !closed && !newest.last) {
      wait();
    }
    return !closed && !newest.last;
  }

  private void publish(boolean last) {
    String json = run.json();
    synchronized (this) {
      if (!newest.last) {
        newest = new Update(newest.number + 1, json, last);
        notifyAll();
      }
    }
  }

  private synchronized void pause(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0 && !closed && !newest.last; left = until - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
  }

  /** Makes the last update and gives viewers some time to receive it. */
  void finish(Duration limit) {
    publish(true);
    long until = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      try {
        for (long left = limit.toNanos();
            left > 0 && watchers > 0;
            left = until - System.nanoTime()) {
          wait(left / 1_000_000 + 1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Releases all viewers. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    maker.interrupt();
  }
}
