package io.evenstep.driver.lease;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The right to work on a folder, stored as a file that names the holder. The holder renews it. A
 * lease is taken over if its process is gone or it has not been renewed for some time. That time is
 * measured here, so the clocks of two machines need not agree. If two processes take it at the same
 * moment, which an object store cannot prevent, the one that finds it lost stops.
 */
public final class Lease implements AutoCloseable {
  /**
   * Times of renewal.
   *
   * @param renewal interval between renewals, several times shorter than {@code stale}
   */
  record Times(Duration renewal, Duration stale) {}

  private static final Times USUAL = new Times(Duration.ofSeconds(10), Duration.ofSeconds(40));
  private static final Duration POLL = Duration.ofMillis(200);

  private final boolean foundStale;
  private final Renewal renewal;

  private Lease(boolean foundStale, Renewal renewal) {
    this.foundStale = foundStale;
    this.renewal = renewal;
  }

  /**
   * Takes a lease. If its last holder is on another machine, waits until the lease is renewed or
   * stale.
   *
   * @param file need not exist
   * @param work such as {@code train run digits-1}, for messages
   * @param stop ends the wait; also gets a stop request if another process takes the lease over
   * @throws TemporaryException naming another driver that holds it @throws
   *     io.evenstep.model.StorageException when the file cannot be read or written
   */
  public static Lease take(
      FileSystem files, Path file, String work, StopRequest stop, Progress progress) {
    return take(new LeaseFile(files, file), work, stop, progress, InstantSource.system(), USUAL);
  }

  static Lease take(
      LeaseFile file,
      String work,
      StopRequest stop,
      Progress progress,
      InstantSource clock,
      Times times) {
    try {
      Holder me = Holder.here(clock.instant());
      boolean stale = false;
      while (!file.create(me)) {
        Optional<Holder> before = file.read();
        if (before.isPresent()) {
          new Watch(file, work, stop, progress, clock, times).requireStale(before.get());
          stale = true;
          file.replace(me);
          break;
        }
      }
      LockSupport.parkNanos(
          stale ? POLL.toNanos() : 0); // another process may also have found it stale
      Optional<Holder> now = file.read();
      if (now.isPresent() && !now.get().id().equals(me.id())) {
        throw refusal(work, now.get());
      }
      return new Lease(stale, Renewal.start(file, me, clock, times.renewal(), stop));
    } catch (IOException e) {
      throw FileFault.of("Cannot " + work + ": cannot write the lease file", file.path(), e);
    }
  }

  /**
   * Checks whether a lease could be taken, without taking it.
   *
   * @param work for messages, as in {@link #take}
   * @param stop ends the wait for a holder on another machine
   * @throws TemporaryException naming another driver that holds it @throws
   *     io.evenstep.model.StorageException when the file cannot be read
   */
  public static void requireFree(
      FileSystem files, Path file, String work, StopRequest stop, Progress progress) {
    LeaseFile lease = new LeaseFile(files, file);
    try {
      Optional<Holder> holder = lease.read();
      if (holder.isPresent()) {
        new Watch(lease, work, stop, progress, InstantSource.system(), USUAL)
            .requireStale(holder.get());
      }
    } catch (IOException e) {
      throw FileFault.of("Cannot " + work + ": cannot write the lease file", file, e);
    }
  }

  static TemporaryException refusal(String work, Holder holder) {
    return new TemporaryException(
        "Cannot "
            + work
            + ": this is already being done by "
            + holder.words()
            + "; wait until that process ends, or stop it");
  }

  /** Whether a previous holder did not release it, so its work may be unfinished. */
  public boolean foundStale() {
    return foundStale;
  }

  /** Whether this process still holds it, according to the file system. */
  public boolean isHeld() {
    return renewal.isHeld();
  }

  /** Releases it, if it is still held. */
  @Override
  public void close() {
    renewal.close();
  }
}
