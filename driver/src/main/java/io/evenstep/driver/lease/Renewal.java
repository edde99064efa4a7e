package io.evenstep.driver.lease;

import io.evenstep.driver.control.StopRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a lease periodically on its own thread. */
final class Renewal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final Duration JOIN = Duration.ofSeconds(10);

  private final LeaseFile file;
  private final Holder holder;
  private final InstantSource clock;
  private final Duration every;
  private final StopRequest stop;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "evenstep-lease");

  private Renewal(
      LeaseFile file, Holder holder, InstantSource clock, Duration every, StopRequest stop) {
    this.file = file;
    this.holder = holder;
    this.clock = clock;
    this.every = every;
    this.stop = stop;
  }

  static Renewal start(
      LeaseFile file, Holder holder, InstantSource clock, Duration every, StopRequest stop) {
    Renewal renewal = new Renewal(file, holder, clock, every, stop);
    renewal.thread.setDaemon(true);
    renewal.thread.start();
    return renewal;
  }

  private void run() {
    try {
      while (!ended.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A file system that fails now may work next time. Until then the lease is not renewed. */
  private void renew() {
    try {
      Optional<Holder> other = other();
      if (other.isPresent()) {
        stop.ask(other.get().words() + ", which has taken over this work");
        ended.countDown();
      } else {
        file.replace(holder.renewed(clock.instant()));
      }
    } catch (IOException | RuntimeException e) {
      log.warn("Cannot renew the lease {}: {}", file.path(), e.toString());
    }
  }

  boolean isHeld() {
    try {
      return other().isEmpty();
    } catch (IOException e) {
      log.warn("Cannot read the lease {}: {}", file.path(), e.toString());
      return false;
    }
  }

  private Optional<Holder> other() throws IOException {
    return file.read().filter(now -> !now.id().equals(holder.id()));
  }

  /** Stops, and deletes the file unless another process holds it now. */
  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join(JOIN.toMillis());
      if (other().isEmpty()) {
        file.delete();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("Cannot release the lease {}: {}", file.path(), e.toString());
    }
  }
}
