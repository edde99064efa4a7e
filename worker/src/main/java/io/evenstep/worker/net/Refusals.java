package io.evenstep.worker.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refused connections: the first {@value #IN_FULL} of a port one by one, then only their
 * number, at most once a minute, so that nobody can fill the disk. Belongs to one event loop.
 */
public final class Refusals {
  /** How many refused connections get a log line each. */
  static final int IN_FULL = 10;

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private long lines;
  private long unsaid;
  private long saidNanos;
  private String last = "";

  public Refusals() {
    this(System::nanoTime);
  }

  /** Reads the time from {@code nanoTime}. */
  Refusals(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Logs a refused connection. */
  void add(SocketAddress from, String reason) {
    if (lines < IN_FULL) {
      lines++;
      saidNanos = nanoTime.getAsLong();
      log.warn("Refused a connection from {}: {}", from, reason);
      return;
    }
    unsaid++;
    last = from + ": " + reason;
    if (nanoTime.getAsLong() - saidNanos >= MINUTE_NANOS) {
      sayRest();
    }
  }

  /** Called when the port is closed: logs how many there were since the last line. */
  void close() {
    if (unsaid > 0) {
      sayRest();
    }
  }

  private void sayRest() {
    log.warn("Refused {} more connections, the last from {}", unsaid, last);
    saidNanos = nanoTime.getAsLong();
    unsaid = 0;
  }
}
