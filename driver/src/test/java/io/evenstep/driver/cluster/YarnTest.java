package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.RunReport;
import io.evenstep.driver.fault.Fault.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs on a real YARN, with job file, rows, packs, checkpoints and models on a real HDFS: whatever
 * dies, they end in the bits of the undisturbed local run.
 */
@Tag("slow")
class YarnTest {
  private static final int WORKERS = 2;
  private static final int DATA_NODES = 3;
  private static final int TEMPORARY = 75;
  private static final Duration JOB_LIMIT = Duration.ofMinutes(4);
  private static final String SYNC = "io.evenstep.worker.sync.ExactSync";

  @TempDir private static Path folder;
  private static HadoopCluster cluster;
  private static Launcher launcher;
  private static RunReport local;

  @BeforeAll
  static void startAndRunOnceLocally() {
    cluster = HadoopCluster.start(folder, WORKERS, DATA_NODES);
    Path conf = Built.root().resolve("conf");
    cluster.put(conf.resolve("digits.yaml"), "/jobs/digits.yaml");
    cluster.put(conf.resolve("data/digits.csv.gz"), "/jobs/data/digits.csv.gz");
    launcher = new Launcher(folder, Map.of("HADOOP_CONF_DIR", cluster.settingsFolder().toString()));
    Launcher alone = new Launcher(folder);
    try (LoggedProcess job =
        alone.train(conf.resolve("digits.yaml"), "local[2]", "local", sets())) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    }
    local = alone.report("local");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aDataNodeDiesDuringAJobInClientMode() {
    FaultPlan plan = slowed("lost-node");
    try (LoggedProcess job = train("lost-node", "client", plan)) {
      await(plan, job);
      cluster.killDataNode(0);
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    }
    assertThat(endedAsLocally("lost-node").attempts()).isEqualTo(1);
  }

  @Test
  void theDriverDiesInClusterModeAndYarnStartsItAgain() {
    FaultPlan plan = slowed("driver");
    try (LoggedProcess job = train("driver", "cluster", plan)) {
      await(plan, job);
      List<ProcessHandle> drivers = cluster.containers("ApplicationMaster");
      assertThat(drivers).hasSize(1);
      drivers.forEach(ProcessHandle::destroyForcibly);
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    }
    endedAsLocally("driver");
  }

  @Test
  void theApplicationIsKilledAndTheSameCommandGoesOn() {
    FaultPlan plan = slowed("killed");
    try (LoggedProcess job = train("killed", "client", plan)) {
      await(plan, job);
      cluster.killApplications();
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isEqualTo(TEMPORARY);
    }
    try (LoggedProcess job = train("killed", "client", plan)) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
      assertThat(job.output()).contains("from its checkpoint");
    }
    endedAsLocally("killed");
  }

  /** Past the first checkpoint of the third epoch, steps take so long that there is time to act. */
  private static FaultPlan slowed(String runId) {
    return FaultPlan.in(folder.resolve("faults-" + runId))
        .at(SYNC, "add", 180, Action.SLOW, Duration.ofMillis(20));
  }

  private static LoggedProcess train(String runId, String mode, FaultPlan plan) {
    String jars = "local:" + Built.sparkHome().resolve("jars") + "/*";
    List<String> settings = new ArrayList<>(sets());
    for (String setting :
        List.of(
            "spark.submit.deployMode=" + mode,
            "spark.yarn.jars=" + jars,
            "spark.ui.enabled=false", // [on YARN it needs a jar that only a whole Spark has]
            "spark.executor.instances=" + WORKERS,
            "spark.executor.memory=512m",
            "spark.yarn.am.memory=256m",
            "spark.driver.memory=512m",
            "spark.executor.extraJavaOptions="
                + StandaloneCluster.SHORT_LIVED
                + " "
                + plan.javaOption())) {
      settings.addAll(List.of("--conf", setting));
    }
    settings.addAll(List.of("--set", "training.workers=" + WORKERS));
    return launcher.train(
        cluster.uri("/jobs/digits.yaml"), cluster.uri("/runs"), "yarn", runId, settings);
  }

  private static List<String> sets() {
    return List.of(
        "--set",
        "training.epochs=4",
        "--set",
        "training.checkpoint.everySteps=8",
        "--set",
        "gate.atLeast=0.5");
  }

  /** Waits for the plan's fault, but not for that of a job that has ended. */
  private static void await(FaultPlan plan, LoggedProcess job) {
    assertThat(plan.comesBefore(job)).as(job.output()).isTrue();
  }

  private static RunReport endedAsLocally(String runId) {
    RunReport report = RunReport.fromJson(cluster.read("/runs/" + runId + "/result.json"));
    assertThat(report.workers()).isEqualTo(WORKERS);
    assertThat(report.parametersSha256()).isEqualTo(local.parametersSha256());
    assertThat(report.metrics()).isEqualTo(local.metrics());
    assertThat(report.model()).startsWith("hdfs:");
    return report;
  }
}
