package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.CheckpointStore;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, not too often, and never lets it harm training. */
final class Reporter {
  private static final Logger log = LoggerFactory.getLogger(Reporter.class);
  private static final long MIN_NANOS = Duration.ofMillis(200).toNanos();

  private final ProgressListener listener;
  private long lastNanos = System.nanoTime();
  private long rowsSince;
  private boolean first = true;
  private boolean failed;

  Reporter(ProgressListener listener) {
    this.listener = listener;
  }

  void skipped(List<CheckpointStore.Skipped> checkpoints) {
    checkpoints.forEach(
        checkpoint ->
            tell(
                new ProgressEvent.CheckpointSkipped(
                    checkpoint.file().toString(), checkpoint.reason())));
  }

  void resumed(Recovery.Start start) {
    boolean replica = start.source() == Recovery.Source.REPLICA;
    tell(new ProgressEvent.Resumed(start.position().step(), replica));
  }

  void rowsDone(int rows) {
    rowsSince += rows;
  }

  /** Reports a step, unless one was reported just now. */
  void stepDone(StepRows rows, Journal journal, double meanLoss) {
    long now = System.nanoTime();
    if (first || now - lastNanos >= MIN_NANOS) {
      double rate = rowsSince * 1e9 / Math.max(1, now - lastNanos);
      tell(
          new ProgressEvent.StepDone(
              journal.step(), rows.epoch(), journal.examples(), meanLoss, rate));
      first = false;
      lastNanos = now;
      rowsSince = 0;
    }
  }

  void epochDone(Journal journal, double loss, Map<String, Double> validation, Best best) {
    int epoch = journal.epoch() - 1;
    tell(new ProgressEvent.EpochDone(epoch, journal.step(), loss, validation, best == Best.THIS));
    lastNanos = System.nanoTime();
    rowsSince = 0;
  }

  /** Which epoch is the best so far. */
  enum Best {
    THIS,
    EARLIER
  }

  private void tell(ProgressEvent event) {
    try {
      listener.report(event);
    } catch (RuntimeException e) {
      if (!failed) {
        log.warn("Cannot report progress; training goes on: {}", e.toString());
      }
      failed = true;
    }
  }
}
