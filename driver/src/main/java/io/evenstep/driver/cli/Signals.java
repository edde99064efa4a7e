package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.control.StopRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.util.SignalUtils;

/**
 * Turns SIGTERM and SIGINT into a request to stop. They do not reach the JVM's own handler, whose
 * shutdown hooks would stop Spark under a run that still has to write its checkpoint.
 */
final class Signals {
  /** A standalone cluster kills a driver 10 s after it was asked to end. */
  static final Duration LIMIT = Duration.ofSeconds(9);

  private static final Duration AGAIN = Duration.ofMillis(200);

  private final StopRequest stop;
  private final PrintWriter err;
  private final AtomicBoolean heard = new AtomicBoolean();

  private Signals(StopRequest stop, PrintWriter err) {
    this.stop = stop;
    this.err = err;
  }

  /** From now on the process's signals go to {@code stop}. */
  static void goTo(StopRequest stop, PrintWriter err) {
    Signals signals = new Signals(stop, err);
    for (String name : new String[] {"TERM", "INT"}) {
      SignalUtils.register(name, () -> signals.hear("SIG" + name));
    }
  }

  /** Must be quick: until it is back, the next signal goes to the JVM's own handler. */
  private boolean hear(String signal) {
    if (heard.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitCode.TEMPORARY.number);
    }
    Thread thread = new Thread(() -> stop(signal), "evenstep-stop");
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private void stop(String signal) {
    err.println("Stopping because of " + signal + "; once more ends it at once");
    err.flush();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      stop.ask(signal); // a job of Spark that began after it was asked hears it the next time
      LockSupport.parkNanos(AGAIN.toNanos());
    }
    giveUp(signal);
  }

  private void giveUp(String signal) {
    err.println(
        "error: Stopped by "
            + signal
            + "; it did not end by itself within "
            + LIMIT.toSeconds()
            + " s, so that the newest checkpoint stands");
    err.flush();
    Runtime.getRuntime().halt(ExitCode.TEMPORARY.number);
  }
}
