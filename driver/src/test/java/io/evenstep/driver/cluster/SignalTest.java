package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.fault.Fault.Action;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM to a driver during a run: it writes a checkpoint, exits with 75, and can be resumed. If a
 * worker is frozen, it ends in time without a checkpoint.
 */
@Tag("slow")
class SignalTest {
  private static final Duration JOB_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final int TEMPORARY = 75;

  /** At the deadline a frozen worker stays frozen for some more time. */
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private static final Duration STANDS_STILL = Duration.ofSeconds(30);

  /** Enough epochs that the last one is never reached; checkpoints only at the end of epochs. */
  private static final List<String> JOB = List.of("training.epochs=20", "gate.atLeast=0.5");

  private static final Pattern STOPPED =
      Pattern.compile("^error: Stopped by SIGTERM: Stopped after step (\\d+), at a checkpoint$");

  /** In an executor, whose working directory is its own. */
  private static final String OUR_LOG =
      "-Dlog4j2.configurationFile=file:" + Built.distribution().resolve("conf/log4j2.properties");

  private static final String EXECUTORS_LOG = ".*/worker-\\d/app-.*/runs/evenstep[.]log";

  @TempDir private Path folder;

  @Test
  void stopsAtACheckpointAndGoesOnToTheSameBits() throws IOException {
    Launcher launcher = new Launcher(folder);
    String undisturbed = ends(launcher, "undisturbed", "local[2]").model().parametersSha256();

    stops(launcher, "local", "local[2]");
    assertThat(folder.resolve("runs/evenstep.log"))
        .content()
        .containsPattern(
            "(?m) INFO .* \\[local#1\\] \\[rank 0\\] \\[step 39\\] .*: Epoch 2 done: loss ");
    assertThat(ends(launcher, "local", "local[2]").model().parametersSha256())
        .isEqualTo(undisturbed);

    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2)) {
      endsInTimeThoughAWorkerStandsStill(launcher, "cluster", cluster.master());
      stops(launcher, "cluster", cluster.master(), OUR_LOG);
      assertThat(executorsLogs())
          .containsPattern(line("0"))
          .containsPattern(line("1"))
          .doesNotContain("[rank driver]");
      assertThat(ends(launcher, "cluster", cluster.master()).model().parametersSha256())
          .isEqualTo(undisturbed);
    }
  }

  /** The line in an executor's log that says that a rank has completed an epoch. */
  private static String line(String rank) {
    return "(?m) INFO .* \\[cluster#1\\] \\[rank " + rank + "\\] \\[step 39\\] .*: Epoch 2 done: ";
  }

  private String executorsLogs() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder logs = new StringBuilder();
      for (Path log : files.filter(file -> file.toString().matches(EXECUTORS_LOG)).toList()) {
        logs.append(Files.readString(log));
      }
      return logs.toString();
    }
  }

  private static void stops(
      Launcher launcher, String runId, String master, String... executorOptions) {
    try (LoggedProcess job = start(launcher, runId, master, executorOptions)) {
      job.awaitLine(Pattern.compile("^Epoch +2: "), JOB_LIMIT);
      long asked = System.nanoTime();
      job.terminate();
      assertThat(job.exitCode(STOP_LIMIT)).as(job.output()).isEqualTo(TEMPORARY);
      double seconds = (System.nanoTime() - asked) / 1e9;
      String step = job.awaitLine(STOPPED, Duration.ZERO).group(1);
      System.out.printf("stopped: %s after step %s, in %.1f s%n", runId, step, seconds);
      assertThat(launcher.checkpoints(runId))
          .contains(String.format("step-%012d.ckpt", Long.parseLong(step)));
      assertThat(job.output()).doesNotContain("lost a worker", "bug in Evenstep");
    }
  }

  private void endsInTimeThoughAWorkerStandsStill(Launcher launcher, String runId, String master) {
    FaultPlan plan =
        FaultPlan.in(folder.resolve("faults"))
            .at("io.evenstep.worker.sync.ExactSync", "add", 100, Action.STOP, STANDS_STILL);
    try (LoggedProcess job = start(launcher, runId, master, plan.javaOption())) {
      assertThat(plan.comesBefore(0, job)).as(job.output()).isTrue();
      long asked = System.nanoTime();
      job.terminate();
      assertThat(job.exitCode(DEADLINE)).as(job.output()).isEqualTo(TEMPORARY);
      System.out.printf("gave up: %s in %.1f s%n", runId, (System.nanoTime() - asked) / 1e9);
      assertThat(job.output()).contains("it did not end within 9 s");
      assertThat(launcher.checkpoints(runId)).contains("step-000000000020.ckpt");
    }
  }

  private static RunReport ends(Launcher launcher, String runId, String master) {
    try (LoggedProcess job = start(launcher, runId, master)) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
      return launcher.report(runId);
    }
  }

  private static LoggedProcess start(
      Launcher launcher, String runId, String master, String... javaOptions) {
    List<String> settings = new ArrayList<>();
    JOB.forEach(setting -> settings.addAll(List.of("--set", setting)));
    StandaloneCluster.executors(2, List.of(javaOptions))
        .forEach((key, value) -> settings.addAll(List.of("--conf", key + "=" + value)));
    return launcher.train(Built.root().resolve("conf/digits.yaml"), master, runId, settings);
  }
}
