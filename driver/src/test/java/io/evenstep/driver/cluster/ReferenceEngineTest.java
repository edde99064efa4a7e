package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.fault.Fault.Action;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short version of {@link KillTest} on DL4J's engine: a kill and a resume. */
@Tag("slow")
class ReferenceEngineTest {
  private static final int TWO = 2;
  private static final Duration JOB_LIMIT = Duration.ofMinutes(5);
  private static final int KILLED = 128 + 9;
  private static final int CHECKPOINT_STEPS = 8;
  private static final String SYNC = "io.evenstep.worker.sync.ExactSync";

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Launcher launcher;
  private static RunReport undisturbed;

  @BeforeAll
  static void startAndRunOnceUndisturbed() {
    cluster = StandaloneCluster.start(Built.sparkHome(), folder, TWO);
    launcher = new Launcher(folder);
    try (LoggedProcess job = start("undisturbed", List.of())) {
      undisturbed = ends(job, "undisturbed");
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void goesOnFromAReplicaWhereAWorkerIsKilled() {
    FaultPlan plan = plan("step").at(SYNC, "add", 66, Action.KILL);
    try (LoggedProcess job = start("step", List.of(plan))) {
      RunReport report = ends(job, "step");
      assertThat(report.work().attempts()).isEqualTo(2);
      assertThat(report.work().stepsRedone()).isLessThanOrEqualTo(1);
      assertThat(job.output()).contains("from a surviving replica");
    }
  }

  @Test
  void goesOnFromACheckpointWhereTheDriverIsKilled() {
    FaultPlan plan = plan("driver").at(SYNC, "add", 66, Action.SLOW, Duration.ofMillis(20));
    try (LoggedProcess job = start("driver", List.of(plan))) {
      plan.await(0, JOB_LIMIT);
      job.kill();
      assertThat(job.exitCode(JOB_LIMIT)).isEqualTo(KILLED);
    }
    try (LoggedProcess job = start("driver", List.of(plan))) {
      assertThat(ends(job, "driver").work().stepsRedone()).isLessThanOrEqualTo(CHECKPOINT_STEPS);
    }
  }

  private static FaultPlan plan(String runId) {
    return FaultPlan.in(folder.resolve("faults-" + runId));
  }

  private static LoggedProcess start(String runId, List<FaultPlan> plans) {
    List<String> settings = new ArrayList<>();
    Stream.of(
            "training.engine=dl4j",
            "training.epochs=5",
            "training.checkpoint.everySteps=" + CHECKPOINT_STEPS,
            "gate.atLeast=0.5")
        .forEach(setting -> settings.addAll(List.of("--set", setting)));
    List<String> agents = plans.stream().map(FaultPlan::javaOption).toList();
    StandaloneCluster.executors(TWO, agents)
        .forEach((key, value) -> settings.addAll(List.of("--conf", key + "=" + value)));
    Path digits = Built.root().resolve("conf/digits.yaml");
    return launcher.train(digits, cluster.master(), runId, settings);
  }

  private static RunReport ends(LoggedProcess job, String runId) {
    assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    RunReport report = launcher.report(runId);
    assertThat(report.model().engine()).isEqualTo("dl4j");
    if (undisturbed != null) {
      assertThat(report.model().parametersSha256())
          .isEqualTo(undisturbed.model().parametersSha256());
    }
    return report;
  }
}
