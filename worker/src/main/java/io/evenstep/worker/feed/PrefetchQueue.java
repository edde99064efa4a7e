package io.evenstep.worker.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue from one producer thread to one consumer thread, bounded by bytes. The producer's failure
 * reaches the consumer after the items before it.
 */
final class PrefetchQueue<T> {
  private static final long JOIN_MILLIS = 5_000;

  /** Produces the items. */
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

  /** Body of the producer thread. */
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

  /** Adds an item. Waits while the others are too large; an item in an empty queue always fits. */
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

  /** The next item; empty when the producer is done. */
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
   * Stops the producer thread and waits for its end. A hanging read is interrupted, but only after
   * a while, because an interrupt closes channels that Hadoop uses.
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
