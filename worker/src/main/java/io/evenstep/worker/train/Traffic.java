package io.evenstep.worker.train;

import io.evenstep.worker.collective.StepClock;
import java.util.function.LongSupplier;

/**
 * What this worker puts into sockets for its steps, evaluation and handshakes not counted; shows it
 * on its meter.
 */
final class Traffic {
  private final LongSupplier bytesSent;
  private final StepClock clock;
  private final WorkerMeter meter;
  private long before;
  private long bytes;
  private long steps;

  Traffic(LongSupplier bytesSent, StepClock clock, WorkerMeter meter) {
    this.bytesSent = bytesSent;
    this.clock = clock;
    this.meter = meter;
  }

  void stepBegins() {
    before = bytesSent.getAsLong();
  }

  /**
   * @param step steps done before this one
   */
  void stepEnds(long step) {
    bytes += bytesSent.getAsLong() - before;
    steps++;
    meter.stepDone(step + 1, bytes, clock);
  }

  double bytesPerStep() {
    return steps == 0 ? 0 : (double) bytes / steps;
  }
}
