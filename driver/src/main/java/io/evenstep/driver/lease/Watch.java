package io.evenstep.driver.lease;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Finds out whether the holder of a lease is still running. */
record Watch(
    LeaseFile file,
    String work,
    StopRequest stop,
    Progress progress,
    InstantSource clock,
    Lease.Times times) {
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Returns once the lease is stale or released. @throws
   * io.evenstep.driver.control.TemporaryException when it is held, or a stop is requested
   */
  void requireStale(Holder holder) throws IOException {
    if (!holder.isHere()) {
      await(holder);
    } else if (holder.lives() && isFresh(holder)) {
      throw Lease.refusal(work, holder);
    }
  }

  /** Uses one clock, because the holder is on this machine. */
  private boolean isFresh(Holder holder) {
    Instant renewed = Instant.ofEpochMilli(holder.renewedMillis());
    return Duration.between(renewed, clock.instant()).compareTo(times.stale()) < 0;
  }

  private void await(Holder holder) throws IOException {
    progress.say("Waiting to see whether " + holder.words() + ", is still running");
    long began = System.nanoTime();
    while (System.nanoTime() - began < times.stale().toNanos()) {
      LockSupport.parkNanos(POLL.toNanos());
      stop.requireNone("while waiting for a lease");
      Optional<Holder> now = file.read();
      if (now.isEmpty()) {
        return;
      }
      if (!now.get().equals(holder)) {
        throw Lease.refusal(work, now.get());
      }
    }
  }
}
