package io.evenstep.worker.train;

import io.evenstep.worker.collective.StepClock;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Counts the bytes that a host writes to sockets for its steps, without evaluation and handshakes,
 * and shows each rank's part on the rank's meter.
 */
final class Traffic {
  private final LongSupplier bytesSent;
  private final List<StepClock> clocks; // by member
  private final List<WorkerContext> host;
  private long before;
  private long bytes;
  private long steps;

  Traffic(LongSupplier bytesSent, List<StepClock> clocks, List<WorkerContext> host) {
    this.bytesSent = bytesSent;
    this.clocks = List.copyOf(clocks);
    this.host = List.copyOf(host);
  }

  void stepBegins() {
    before = bytesSent.getAsLong();
  }

  /**
   * @param step global steps done before this one
   */
  void stepEnds(long step) {
    bytes += bytesSent.getAsLong() - before;
    steps++;
    for (int member = 0; member < host.size(); member++) {
      host.get(member).meter().stepDone(step + 1, bytes / host.size(), clocks.get(member));
    }
  }

  /** Bytes that the host sends for a step. */
  double bytesPerStep() {
    return steps == 0 ? 0 : (double) bytes / steps;
  }
}
