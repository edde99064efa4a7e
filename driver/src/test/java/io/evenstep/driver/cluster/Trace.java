package io.evenstep.driver.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every step that any process of a run completed, in order of time, with the meetings in between.
 */
record Trace(List<Line> lines) {
  /**
   * A method has returned.
   *
   * @param step from 0; -1 for a meeting
   */
  record Line(long millis, long step) {
    private static Line of(String text) {
      String[] parts = text.split(" ");
      return new Line(
          Long.parseLong(parts[0]), parts[3].equals("-") ? -1 : Long.parseLong(parts[3]));
    }

    private boolean isStep() {
      return step >= 0;
    }
  }

  /**
   * A recovery after the death of a process.
   *
   * @param seconds from the death to the first step that was completed after it, in a new attempt
   * @param stepsRedone steps that had been completed by anyone before, and were repeated
   */
  record Recovery(double seconds, long stepsRedone) {}

  static Trace read(Path file) {
    try {
      return new Trace(Files.readAllLines(file).stream().map(Line::of).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Nothing was traced", e);
    }
  }

  /** The recovery from a death. */
  Recovery after(long deathMillis) {
    int meeting = next(0, line -> !line.isStep() && line.millis > deathMillis);
    int step = next(meeting, Line::isStep);
    long reached =
        lines.subList(begin(meeting), meeting).stream().mapToLong(Line::step).max().orElse(-1);
    Line first = lines.get(step);
    return new Recovery((first.millis - deathMillis) / 1e3, Math.max(0, reached - first.step + 1));
  }

  /** The start of the current training; several may have run one after the other. */
  private int begin(int before) {
    for (int i = before - 1; i > 0; i--) {
      if (lines.get(i).step == 0) {
        return i;
      }
    }
    return 0;
  }

  private int next(int from, Predicate<Line> wanted) {
    for (int i = from; i < lines.size(); i++) {
      if (wanted.test(lines.get(i))) {
        return i;
      }
    }
    throw new AssertionError("Nobody went on after the death: " + lines);
  }
}
