package io.evenstep.driver.cli;

import io.evenstep.driver.Progress;
import java.io.PrintWriter;
import java.time.Clock;

/** Whether someone is looking, and so how progress is shown. */
final class Terminal {
  private Terminal() {}

  /** A bar for a person, lines for a log. */
  static Progress progress(PrintWriter err) {
    boolean watched = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return watched ? new BarProgress(System.err) : new LineProgress(err, Clock.systemUTC());
  }
}
