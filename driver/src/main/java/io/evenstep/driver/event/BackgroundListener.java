package io.evenstep.driver.event;

import io.evenstep.model.Reason;
import io.evenstep.worker.progress.ProgressEvent;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a listener on its own thread, in order, so that slow writing or sending delays neither
 * training nor other listeners. A listener that falls too far behind misses events. The end of a
 * run waits for it, up to a limit. Owns the thread until {@link #close}.
 */
public final class BackgroundListener implements RunListener {
  private static final Logger log = LoggerFactory.getLogger(BackgroundListener.class);
  private static final int MOST_WAITING = 4_096;

  private final RunListener listener;
  private final Duration limit;
  private final String name;
  private final ThreadPoolExecutor thread;
  private boolean failed; // used only by the thread
  private volatile boolean missed;

  /**
   * Forwards events to {@code listener}.
   *
   * @param limit longest wait for it after the end of the run
   */
  public BackgroundListener(RunListener listener, Duration limit) {
    this.listener = listener;
    this.limit = limit;
    this.name = listener.getClass().getSimpleName();
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread made = new Thread(work, "evenstep-" + name);
              made.setDaemon(true);
              return made;
            });
  }

  @Override
  public void runBegins(RunStart start) {
    tell(() -> listener.runBegins(start));
  }

  @Override
  public void attemptBegins(AttemptStart attempt) {
    tell(() -> listener.attemptBegins(attempt));
  }

  @Override
  public void progress(ProgressEvent event) {
    tell(() -> listener.progress(event));
  }

  @Override
  public void attemptLost(int number, String reason) {
    tell(() -> listener.attemptLost(number, reason));
  }

  @Override
  public void runEnds(RunEnd end) {
    tell(() -> listener.runEnds(end));
  }

  @Override
  public void runFails(String reason) {
    tell(() -> listener.runFails(reason));
  }

  private void tell(Runnable event) {
    try {
      thread.execute(() -> tellNow(event));
    } catch (RejectedExecutionException e) {
      if (!missed && !thread.isShutdown()) {
        log.warn("{} is too slow for this run and misses events; the run continues", name);
      }
      missed = true;
    }
  }

  private void tellNow(Runnable event) {
    if (failed) {
      return;
    }
    try {
      event.run();
    } catch (RuntimeException e) {
      failed = true;
      log.warn("{} failed and gets no more events; the run continues: {}", name, Reason.of(e), e);
    }
  }

  private void closeNow() {
    try {
      listener.close();
    } catch (RuntimeException e) {
      log.warn("{} cannot be closed: {}", name, Reason.of(e), e);
    }
  }

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    try {
      thread.execute(this::closeNow);
    } catch (RejectedExecutionException e) {
      log.debug("{} was closed before its last events", name);
    }
    thread.shutdown();
    try {
      if (!thread.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} did not finish within {} s", name, limit.toSeconds());
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
