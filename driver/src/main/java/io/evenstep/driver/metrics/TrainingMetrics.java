package io.evenstep.driver.metrics;

import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunListener;
import io.evenstep.worker.progress.ProgressEvent;
import java.util.List;

/**
 * The driver's gauges, {@code evenstep.training.*}: {@code epoch} (from 1), {@code step}, {@code
 * loss}, {@code examplesPerSecond}, {@code attempts}, {@code recoveries} (attempts that resumed
 * from a replica). Thread-safe.
 */
public final class TrainingMetrics implements RunListener {
  private static final ProgressEvent.StepDone NOTHING =
      new ProgressEvent.StepDone(0, 0, 0, Double.NaN, 0, List.of());

  private final Published gauges;
  private volatile ProgressEvent.StepDone last = NOTHING;
  private volatile long attempts;
  private volatile long recoveries;

  private TrainingMetrics() {
    gauges =
        new Published("training")
            .gauge("epoch", () -> last.epoch() + 1L)
            .gauge("step", () -> last.step())
            .gauge("loss", () -> last.loss())
            .gauge("examplesPerSecond", () -> last.examplesPerSecond())
            .gauge("attempts", () -> attempts)
            .gauge("recoveries", () -> recoveries);
  }

  /** Publishes the gauges until the result is closed. */
  public static TrainingMetrics publish() {
    TrainingMetrics metrics = new TrainingMetrics();
    metrics.gauges.publish();
    return metrics;
  }

  @Override
  public void attemptBegins(AttemptStart attempt) {
    attempts = attempt.number();
  }

  @Override
  public void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.StepDone step) {
      last = step;
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      last =
          new ProgressEvent.StepDone(
              epoch.step(),
              epoch.epoch(),
              last.examples(),
              epoch.loss(),
              last.examplesPerSecond(),
              List.of());
    } else if (event instanceof ProgressEvent.Resumed resumed && resumed.fromReplica()) {
      recoveries = recoveries + 1;
    }
  }

  @Override
  public void close() {
    gauges.close();
  }
}
