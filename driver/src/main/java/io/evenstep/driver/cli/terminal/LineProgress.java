package io.evenstep.driver.cli.terminal;

import io.evenstep.driver.control.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Plain lines, one every few seconds, for a log, a scheduler or a pipe. */
final class LineProgress implements Progress {
  /** Time between two lines. */
  static final Duration PACE = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final Clock clock;
  private String task = "";
  private long total;
  private Instant shown = Instant.EPOCH;

  LineProgress(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public synchronized void begin(String name, long length) {
    task = name;
    total = length;
    shown = clock.instant();
  }

  @Override
  public synchronized void at(long done, String detail) {
    Instant now = clock.instant();
    if (done == total || Duration.between(shown, now).compareTo(PACE) >= 0) {
      shown = now;
      say(String.format(Locale.ROOT, "%s %,d/%,d  %s", task, done, total, detail));
    }
  }

  @Override
  public synchronized void end() {
    task = "";
  }
}
