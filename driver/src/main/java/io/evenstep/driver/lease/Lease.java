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
 * The right to work on a folder, as a file that says who has it. It is renewed while it is held. A
 * lease whose process is gone, or that nobody has renewed for a while, is taken over: how long is
 * measured here, so that the clocks of two machines need not agree. Where two take it in the same
 * moment, which an object store cannot prevent, the one that finds it lost is asked to stop.
 */
public final class Lease implements AutoCloseable {
  /**
   * How often a lease is renewed, and how long it may go without.
   *
   * @param renewal shorter than {@code stale}, by several times
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
   * Takes a lease; waits, where its last holder was on another machine, until it is renewed or
   * stale.
   *
   * @param file which need not be there
   * @param work such as {@code train run digits-1}, for messages
   * @param stop ends the wait; asked when somebody else takes the lease over
   * @throws TemporaryException when another driver has it; says which
   * @throws io.evenstep.model.StorageException when the file cannot be read or written
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
      LockSupport.parkNanos(stale ? POLL.toNanos() : 0); // another may have found it stale too
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
   * Finds out whether a lease could be taken; takes none.
   *
   * @param work as {@link #take} would say it
   * @param stop ends the wait for a holder on another machine
   * @throws TemporaryException when another driver has it; says which
   * @throws io.evenstep.model.StorageException when the file cannot be read
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
            + ": it is being done by "
            + holder.words()
            + "; wait until that ends, or stop it");
  }

  /** Whether somebody before held it and did not give it back: work was left undone. */
  public boolean foundStale() {
    return foundStale;
  }

  /** Whether nobody has taken it over, as far as the file system tells. */
  public boolean isHeld() {
    return renewal.isHeld();
  }

  /** Gives it back, if it is still held. */
  @Override
  public void close() {
    renewal.close();
  }
}
