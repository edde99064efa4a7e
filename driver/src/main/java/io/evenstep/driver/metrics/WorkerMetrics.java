package io.evenstep.driver.metrics;

import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.progress.WorkerMeter;
import java.util.Locale;

/**
 * A worker's gauges, {@code evenstep.rank-0001.*}: {@code step}, {@code bytesSent}, and {@code
 * millis.feed}, {@code millis.compute} and so on for the time in each phase.
 */
public final class WorkerMetrics {
  private WorkerMetrics() {}

  /** Publishes a meter until the result is closed. */
  public static Published of(int rank, WorkerMeter meter) {
    Published gauges = new Published(String.format(Locale.ROOT, "rank-%04d", rank));
    gauges.gauge("step", meter::step).gauge("bytesSent", meter::bytesSent);
    for (Phase phase : Phase.values()) {
      String name = "millis." + phase.name().toLowerCase(Locale.ROOT);
      gauges.gauge(name, () -> meter.milliseconds(phase));
    }
    return gauges.publish();
  }
}
