package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.driver.cluster.StandaloneCluster;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in its own process, which ends by itself or is killed. */
@Tag("slow")
class ProcessTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** With too few executors: counted from the message that it waits. */
  private static final Duration REFUSAL_LIMIT = Duration.ofSeconds(30);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final String JOB = Built.root().resolve("conf/digits.yaml").toString();

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void runThatWasKilledGoesOnWithTheSameCommandAndEndsInTheSameBits() {
    List<String> command = command("killed");
    try (LoggedProcess first = start("first", command)) {
      first.awaitLine(Pattern.compile("^Epoch +2: "), LIMIT);
      first.kill();
    }
    assertThat(bench.path("runs/killed/result.json")).doesNotExist();
    assertThat(bench.path("runs/killed/checkpoints")).isNotEmptyDirectory();

    try (LoggedProcess second = start("second", command)) {
      assertThat(second.exitCode(LIMIT)).as(second.output()).isZero();
      assertThat(second.output())
          .contains("Resuming after step ")
          .doesNotContainPattern("Epoch +1: ");
      assertThat(second.output()).doesNotContain("\tat ").doesNotContainPattern("Exception\\b");
    }
    bench.type(command("whole").toArray(String[]::new)).well();

    assertThat(report("killed").model().parametersSha256())
        .isEqualTo(report("whole").model().parametersSha256());
    assertThat(report("killed").work().steps()).isEqualTo(report("whole").work().steps());
    assertThat(bench.leftovers()).isEmpty();
  }

  @Test
  void workersThatAClusterHasNoSlotsForAreWaitedForAndRefusedInTime() {
    List<String> command = new ArrayList<>(List.of("train", JOB, "--run-id", "many"));
    command.addAll(List.of("--set", "output=" + bench.path("runs")));
    command.addAll(List.of("--set", "training.workers=2"));
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 1)) {
      command.addAll(List.of("--master", cluster.master()));
      try (LoggedProcess process = start("stopped", command)) {
        process.awaitLine(Pattern.compile("^Waiting for 2 task slots$"), LIMIT);
        process.terminate();
        assertThat(process.exitCode(STOP_LIMIT)).as(process.output()).isEqualTo(75);
        assertThat(process.output())
            .contains("error: Stopped by SIGTERM while waiting for task slots")
            .doesNotContain("\tat ")
            .doesNotContainPattern("Exception\\b");
      }
      try (LoggedProcess process = start("many", command)) {
        process.awaitLine(Pattern.compile("^Waiting for 2 task slots$"), LIMIT);
        assertThat(process.exitCode(REFUSAL_LIMIT)).as(process.output()).isEqualTo(75);
        assertThat(process.output())
            .contains(
                "error: Cannot train yet: 1 of 2 task slots are available at "
                    + cluster.master()
                    + " after");
      }
    }
    assertThat(bench.path("runs/packs")).doesNotExist();
  }

  private RunReport report(String id) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + id + "/result.json")));
  }

  private List<String> command(String id) {
    return List.of(
        "train",
        JOB,
        "--run-id",
        id,
        "--master",
        "local[2]",
        "--set",
        "output=" + bench.path("runs"),
        "--set",
        "training.checkpoint.everySteps=10");
  }

  private LoggedProcess start(String name, List<String> command) {
    return OwnProcess.start(name, command, folder);
  }
}
