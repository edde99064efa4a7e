package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a command ended, as its user sees it.
 *
 * @param code of the exit
 * @param out what it printed
 * @param err what it said of progress and failures
 * @param log what came on stderr besides, from Evenstep's log, Spark's and Hadoop's
 */
record Ended(int code, String out, String err, String log) {
  /** It did what it was asked to, without a complaint. */
  Ended well() {
    assertThat(code).as("exit code; stderr:\n%s%s", err, log).isZero();
    assertThat(err).doesNotContain("error:");
    return withoutNoise();
  }

  /** It failed with this code, and these are its last words, one a line. */
  Ended failed(int expected, String... errors) {
    assertThat(err).as("stderr").endsWith("error: " + String.join("\nerror: ", errors) + "\n");
    assertThat(err.lines().filter(line -> line.startsWith("error:"))).hasSize(errors.length);
    assertThat(code).as("exit code; stderr:\n%s%s", err, log).isEqualTo(expected);
    return withoutNoise();
  }

  /** It failed with this code, and some line of its errors has these words. */
  Ended failedBySayingWhy(int expected, String words) {
    assertThat(code).as("exit code; stderr:\n%s%s", err, log).isEqualTo(expected);
    assertThat(err.lines().filter(line -> line.startsWith("error: ")))
        .as(err)
        .anyMatch(line -> line.contains(words));
    return withoutNoise();
  }

  /** No stack trace, and no exception, neither from Evenstep nor from what it stands on. */
  Ended withoutNoise() {
    assertThat(err + log).doesNotContain("\tat ").doesNotContainPattern("\\w(Exception|Error)\\b");
    return this;
  }
}
