package io.evenstep.driver.cli;

import io.evenstep.driver.Progress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Plain lines, one every few seconds: for a log, a scheduler, or a pipe. */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final Clock clock;
  private String task = "";
  private long total;
  private Instant shown = Instant.EPOCH;

  TerminalProgress(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  static TerminalProgress on(PrintWriter out) {
    return new TerminalProgress(out, Clock.systemUTC());
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
    if (Duration.between(shown, now).compareTo(PACE) >= 0 || done == total) {
      shown = now;
      say(String.format("%s %,d/%,d  %s", task, done, total, detail));
    }
  }

  @Override
  public synchronized void end() {}

  @Override
  public void close() {
    end();
  }
}
