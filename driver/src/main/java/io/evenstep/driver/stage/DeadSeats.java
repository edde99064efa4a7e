package io.evenstep.driver.stage;

import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Kills the executor of a worker that its peers have lost but Spark still considers alive, such as
 * a frozen process or one behind a broken connection. Otherwise an attempt would end only after
 * Spark's own timeout of two minutes. Listens to the events of one attempt.
 */
final class DeadSeats implements ProgressListener, AutoCloseable {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(5);

  private final ProgressListener next;
  private final Consumer<String> replace;
  private final Duration grace;
  private final Map<Integer, String> executors = new ConcurrentHashMap<>(); // by rank
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DeadSeats::thread);

  /**
   * @param next receives all events too
   * @param replace kills and replaces an executor, by its id
   * @param grace time that an attempt has to end by itself after a worker is lost
   */
  DeadSeats(ProgressListener next, Consumer<String> replace, Duration grace) {
    this.next = next;
    this.replace = replace;
    this.grace = grace;
  }

  @Override
  public void report(ProgressEvent event) {
    if (event instanceof ProgressEvent.Seated seated) {
      executors.put(seated.rank(), seated.process());
    } else if (event instanceof ProgressEvent.PeerLost lost) {
      clock.schedule(() -> end(lost.peer()), grace.toMillis(), TimeUnit.MILLISECONDS);
    }
    next.report(event);
  }

  /** At most once per rank. */
  private void end(int rank) {
    String executor = executors.remove(rank);
    if (executor != null) {
      replace.accept(executor);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "evenstep-dead-seats");
    thread.setDaemon(true);
    return thread;
  }

  /** The attempt is over: kills no more executors. */
  @Override
  public void close() {
    clock.shutdownNow();
    try {
      clock.awaitTermination(JOIN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
