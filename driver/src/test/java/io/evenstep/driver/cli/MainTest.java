package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final Shell shell = new Shell();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Missing command: describe, new, train, sweep, plan, evaluate, predict, inspect, runs,"
            + " report, plot, gradcheck, lr-range, compare, course, figures, generate or attack",
        "trian | Unmatched argument at index 0: 'trian'",
        "train | Missing required parameter: 'JOB.yaml'",
        "train a.yaml --sett | Unknown option: '--sett'",
        "train a.yaml --set batch | should be in KEY=VALUE format but was batch",
        "train a.yaml --resume maybe | expected one of [AUTO, NEVER, MUST]",
        "train a.yaml --run-id ../up | Invalid --run-id: must be letters",
        "train a.yaml --resume must | Missing --run-id: --resume must",
        "predict runs/a --input x | Missing required option: '--output=PATH'",
        "evaluate | Missing required parameter: 'RUN_FOLDER'"
      })
  void exitsWith64ForACommandThatCannotBe(String line, String words) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");

    assertThat(shell.run(args)).isEqualTo(64);
    assertThat(shell.err()).startsWith("error: ").contains(words).contains("--help");
    assertThat(shell.err()).doesNotContain("\tat ");
  }

  @Test
  void explainsItself() {
    assertThat(shell.run("--help")).isZero();
    assertThat(shell.out()).contains("train", "evaluate", "predict", "inspect");
    assertThat(shell.run("train", "--help")).isZero();
    assertThat(shell.out()).contains("--print-config", "--resume", "JOB.yaml", "--master");
  }

  @Test
  void saysItsVersion() {
    assertThat(shell.run("--version")).isZero();
    assertThat(shell.out()).startsWith("Evenstep ").contains("Spark 3.5.5, Java 17");
  }
}
