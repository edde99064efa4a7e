package io.evenstep.driver.cli.terminal;

import io.evenstep.driver.control.Progress;
import java.io.PrintWriter;
import java.time.Clock;

/** Chooses how progress is shown, by whether there is a terminal. */
public final class Terminal {
  private Terminal() {}

  /** Unless the user has asked for none, see <a href="https://no-color.org">no-color.org</a>. */
  private static boolean hasColours() {
    String without = System.getenv("NO_COLOR");
    return without == null || without.isEmpty();
  }

  /** A bar for a person, lines for a log. */
  public static Progress progress(PrintWriter err) {
    boolean watched = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return watched
        ? new BarProgress(System.err, hasColours())
        : new LineProgress(err, Clock.systemUTC());
  }
}
