package io.evenstep.worker.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one thread makes and another takes, in order, bounded by bytes. The maker's failure reaches
 * the taker, after what was made before it.
 */
final class PrefetchQueue<T> {
  private static final long JOIN_MILLIS = 5_000;

  /** What the making thread runs. */
  interface Maker {
    void run() throws InterruptedException;
  }

  private record Entry<T>(T item, long bytes) {}

  private final long maxBytes;
  private final Duration timeout;
  private final Deque<Entry<T>> entries = new ArrayDeque<>(); // guarded by this, as all below
  private long bytes;
  private boolean done;
  private boolean closed;
  private @Nullable RuntimeException failure;

  PrefetchQueue(long maxBytes, Duration timeout) {
    this.maxBytes = maxBytes;
    this.timeout = timeout;
  }

  /** Body of the making thread. */
  void fill(Maker maker) {
    try {
      maker.run();
      finish(null);
    } catch (InterruptedException e) {
      finish(new IllegalStateException("The feed was closed", e));
    } catch (RuntimeException e) {
      finish(e);
    } catch (Error e) {
      finish(new IllegalStateException("The feed's thread failed: " + e, e));
      throw e;
    }
  }

  /** Adds an item; waits while others hold too much, so one item always fits. */
  synchronized void put(T item, long itemBytes) throws InterruptedException {
    while (!closed && !entries.isEmpty() && bytes + itemBytes > maxBytes) {
      wait();
    }
    if (closed) {
      throw new InterruptedException("closed");
    }
    entries.add(new Entry<>(item, itemBytes));
    bytes += itemBytes;
    notifyAll();
  }

  /** The next item; empty when the maker is done. */
  synchronized Optional<T> take() {
    awaitEntry();
    Entry<T> entry = entries.poll();
    if (entry != null) {
      bytes -= entry.bytes;
      notifyAll();
      return Optional.of(entry.item);
    }
    if (failure != null) {
      throw failure;
    }
    return Optional.empty();
  }

  /**
   * Stops the making thread and waits for its end; a read that hangs is interrupted after a while,
   * and not at once, because an interrupt closes channels under Hadoop's feet.
   */
  void close(Thread maker) {
    stop();
    try {
      maker.join(JOIN_MILLIS);
      if (maker.isAlive()) {
        maker.interrupt();
        maker.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stop() {
    closed = true;
    notifyAll();
  }

  private synchronized void awaitEntry() {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (entries.isEmpty() && !done) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException(
            "No rows from storage within " + timeout.toSeconds() + " s");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The wait for rows was interrupted", e);
      }
    }
  }

  private synchronized void finish(@Nullable RuntimeException reason) {
    failure = reason;
    done = true;
    notifyAll();
  }
}
