package io.evenstep.worker;

import java.util.function.LongSupplier;

/** What this worker puts into sockets for its steps, evaluation and handshakes not counted. */
final class Traffic {
  private final LongSupplier bytesSent;
  private long before;
  private long bytes;
  private long steps;

  Traffic(LongSupplier bytesSent) {
    this.bytesSent = bytesSent;
  }

  void stepBegins() {
    before = bytesSent.getAsLong();
  }

  void stepEnds() {
    bytes += bytesSent.getAsLong() - before;
    steps++;
  }

  double bytesPerStep() {
    return steps == 0 ? 0 : (double) bytes / steps;
  }
}
