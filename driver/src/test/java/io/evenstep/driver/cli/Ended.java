package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a command ended, as its user sees it.
 *
 * @param code exit code
 * @param out what it printed
 * @param err its progress and error messages
 * @param log the rest of stderr: the logs of Evenstep, Spark and Hadoop
 */
record Ended(int code, String out, String err, String log) {
  /** It succeeded without complaints. */
  Ended well() {
    assertThat(code).as("exit code; stderr:\n%s%s", err, log).isZero();
    assertThat(err).doesNotContain("error:");
    return withoutNoise();
  }

  /** It failed with this code, and these are the last lines of its errors. */
  Ended failed(int expected, String... errors) {
    assertThat(err).as("stderr").endsWith("error: " + String.join("\nerror: ", errors) + "\n");
    assertThat(err.lines().filter(line -> line.startsWith("error:"))).hasSize(errors.length);
    assertThat(code).as("exit code; stderr:\n%s%s", err, log).isEqualTo(expected);
    return withoutNoise();
  }

  /** It failed with this code, and some line of its errors has this text. */
  Ended failedBySayingWhy(int expected, String words) {
    assertThat(code).as("exit code; stderr:\n%s%s", err, log).isEqualTo(expected);
    assertThat(err.lines().filter(line -> line.startsWith("error: ")))
        .as(err)
        .anyMatch(line -> line.contains(words));
    return withoutNoise();
  }

  /** No stack trace and no exception, from Evenstep or from its libraries. */
  Ended withoutNoise() {
    assertThat(err + log).doesNotContain("\tat ").doesNotContainPattern("\\w(Exception|Error)\\b");
    return this;
  }
}
