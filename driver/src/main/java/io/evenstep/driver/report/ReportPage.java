package io.evenstep.driver.report;

import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunStart;
import io.evenstep.model.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code report.html} into the run's folder, repeatedly during the run from its own thread,
 * and once more at the end. A failure to write is logged, and the run continues. Owns the thread
 * from {@link #runBegins} to {@link #close}.
 */
public final class ReportPage implements RunListener {
  /** The page's file name in a run's folder. */
  public static final String FILE = "report.html";

  private static final Logger log = LoggerFactory.getLogger(ReportPage.class);
  private static final Duration FIRST = Duration.ofSeconds(2);

  /** Waits at least this many times as long as writing a page took. */
  private static final long MOST_SHARE = 100;

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration JOIN = Duration.ofSeconds(10);

  private final PageSource source;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          work -> {
            Thread made = new Thread(work, "evenstep-report");
            made.setDaemon(true);
            return made;
          });
  private Optional<RunStart> start = Optional.empty();
  private boolean failed; // guarded by this

  /** Writes what {@code source} holds. */
  public ReportPage(PageSource source) {
    this.source = source;
  }

  @Override
  public void runBegins(RunStart begun) {
    start = Optional.of(begun);
    thread.execute(() -> source.lookAtData(begun));
    thread.schedule(this::refresh, FIRST.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void refresh() {
    long began = System.nanoTime();
    write();
    saveSteps();
    long took = System.nanoTime() - began;
    long pause = Math.max(FIRST.toNanos(), Math.min(LONGEST.toNanos(), MOST_SHARE * took));
    if (!thread.isShutdown()) {
      thread.schedule(this::refresh, pause, TimeUnit.NANOSECONDS);
    }
  }

  private void saveSteps() {
    try {
      start.ifPresent(
          begun -> new ReportFolder(begun).write(HistoryFiles.STEPS, source.stepsCsv()));
    } catch (RuntimeException e) {
      log.debug("Cannot write {}", HistoryFiles.STEPS, e);
    }
  }

  /** Never throws, because a failure here is no reason to lose a run. */
  private synchronized void write() {
    try {
      start.ifPresent(begun -> new ReportFolder(begun).write(FILE, source.page(begun)));
      failed = false;
    } catch (RuntimeException e) {
      if (!failed) {
        log.warn("Cannot write the report page; the run continues: {}", Reason.of(e), e);
      }
      failed = true;
    }
  }

  @Override
  public void runEnds(RunEnd end) {
    finish();
  }

  @Override
  public void runFails(String reason) {
    finish();
  }

  private void finish() {
    close();
    write();
  }

  /** Waits until the current page is written. */
  @Override
  public void close() {
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(JOIN.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
