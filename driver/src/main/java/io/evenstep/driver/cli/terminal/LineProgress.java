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
  private long last;
  private Instant shown = Instant.EPOCH;
  private TimeLeft left = TimeLeft.UNKNOWN;

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
    left = TimeLeft.UNKNOWN;
    last = 0;
  }

  @Override
  public synchronized void at(long done, String detail) {
    Instant now = clock.instant();
    left = left.at(done, now);
    boolean isEnd = done == total && last < total;
    last = done;
    if (isEnd || Duration.between(shown, now).compareTo(PACE) >= 0) {
      shown = now;
      say(
          String.format(
              Locale.ROOT, "%s %,d/%,d  %s%s", task, done, total, detail, left.words(total)));
    }
  }

  @Override
  public synchronized void end() {
    task = "";
  }
}
