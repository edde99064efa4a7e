package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.control.StopRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.util.SignalUtils;

/**
 * Turns SIGTERM and SIGINT into a stop request. The JVM's own handler does not get them, because
 * its shutdown hooks would stop Spark before the run has written its checkpoint.
 */
final class Signals {
  /** A standalone cluster kills a driver 10 s after asking it to end. */
  static final Duration LIMIT = Duration.ofSeconds(9);

  private static final Duration AGAIN = Duration.ofMillis(200);

  private final StopRequest stop;
  private final PrintWriter err;
  private final AtomicBoolean heard = new AtomicBoolean();

  private Signals(StopRequest stop, PrintWriter err) {
    this.stop = stop;
    this.err = err;
  }

  /** Sends the process's signals to {@code stop} from now on. */
  static void goTo(StopRequest stop, PrintWriter err) {
    Signals signals = new Signals(stop, err);
    for (String name : new String[] {"TERM", "INT"}) {
      SignalUtils.register(name, () -> signals.hear("SIG" + name));
    }
  }

  /** Must be quick: until it returns, the next signal goes to the JVM's own handler. */
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
    err.println("Stopping because of " + signal + "; a second signal ends the process at once");
    err.flush();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      stop.ask(signal); // a Spark job started after this request is cancelled by the next one
      LockSupport.parkNanos(AGAIN.toNanos());
    }
    giveUp(signal);
  }

  private void giveUp(String signal) {
    err.println(
        "error: Stopped by "
            + signal
            + "; it did not end within "
            + LIMIT.toSeconds()
            + " s, so the run resumes from its newest checkpoint");
    err.flush();
    Runtime.getRuntime().halt(ExitCode.TEMPORARY.number);
  }
}
