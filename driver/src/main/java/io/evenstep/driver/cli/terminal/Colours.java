package io.evenstep.driver.cli.terminal;

import java.util.regex.Pattern;

/** Colours of the lines of a run, for a terminal. */
final class Colours {
  private static final String GREEN = "\033[32m";
  private static final String YELLOW = "\033[33m";
  private static final String PLAIN = "\033[0m";
  private static final String BEST = "best so far";
  private static final Pattern TROUBLE =
      Pattern.compile("^(Warning: |Skipped checkpoint |Attempt \\d+ lost ).*");

  private Colours() {}

  /** The line, yellow if it tells of trouble, and with a green {@code best so far}. */
  static String of(String line) {
    if (TROUBLE.matcher(line).matches()) {
      return YELLOW + line + PLAIN;
    }
    return line.endsWith(BEST)
        ? line.substring(0, line.length() - BEST.length()) + GREEN + BEST + PLAIN
        : line;
  }
}
