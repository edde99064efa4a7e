package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.fault.Fault.Action;
import io.evenstep.driver.lease.Lease;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs on a real YARN, with job file, rows, packs, checkpoints and models on a real HDFS: whatever
 * dies or is asked to stop, they end with the bits of the undisturbed local run. Jobs start slowly
 * there, so each one has several faults, one after the other.
 */
@Tag("slow")
class YarnTest {
  private static final int WORKERS = 2;
  private static final int DATA_NODES = 3;
  private static final int TEMPORARY = 75;
  private static final Duration JOB_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final String SYNC = "io.evenstep.worker.sync.ExactSync";

  /** Steps per epoch; there are ten epochs. */
  private static final int STEPS = 20;

  /** Shards that each of two workers sums in an epoch. */
  private static final int EPOCH = 4 * STEPS;

  private static final Duration SLOWER = Duration.ofMillis(20);

  private static final Pattern STOPPED =
      Pattern.compile(
          "(?m)^error: Stopped by SIGTERM: Stopped after step (\\d+), at a checkpoint$");

  @TempDir private static Path folder;
  private static HadoopCluster cluster;
  private static RunReport undisturbed;

  @BeforeAll
  static void startAndRunOnceOnALocalDisk() {
    Path conf = Built.root().resolve("conf");
    Launcher alone = new Launcher(folder);
    try (LoggedProcess job =
        alone.train(conf.resolve("digits.yaml"), "local[2]", "undisturbed", YarnSettings.sets())) {
      cluster = HadoopCluster.start(folder, WORKERS, DATA_NODES);
      cluster.put(conf.resolve("digits.yaml"), "/jobs/digits.yaml");
      cluster.put(conf.resolve("data/digits.csv.gz"), "/jobs/data/digits.csv.gz");
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    }
    undisturbed = alone.report("undisturbed");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void inClientModeADataNodeDiesThenTheJobIsStoppedThenKilledAndTheSameCommandGoesOn() {
    FaultPlan slow = plan("client-1").at(SYNC, "add", EPOCH, Action.SLOW, SLOWER);
    try (LoggedProcess job = onYarn("client", "client", slow)) {
      await(slow, 0, job);
      cluster.killDataNode(0);
      job.awaitLine(Pattern.compile("^Epoch +3: "), JOB_LIMIT);
      assertThat(stopped("client", job)).isGreaterThan(3 * STEPS);
      assertThat(job.output()).doesNotContain("lost a worker", "bug in Evenstep");
    }
    FaultPlan again = plan("client-2").at(SYNC, "add", EPOCH, Action.SLOW, SLOWER);
    try (LoggedProcess job = onYarn("client", "client", again)) {
      await(again, 0, job);
      cluster.killApplications();
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isEqualTo(TEMPORARY);
      assertThat(job.output()).contains("from its checkpoint");
    }
    try (LoggedProcess job = onYarn("client", "client", again)) {
      endsUndisturbed("client", job);
      assertThat(job.output()).contains("from its checkpoint");
    }
  }

  @Test
  void inClusterModeTheDriverIsStoppedThenDiesAndYarnStartsItAgain() {
    FaultPlan plan =
        plan("cluster")
            .at(SYNC, "add", EPOCH, Action.SLOW, SLOWER)
            .then(SYNC, "add", 5 * EPOCH, Action.SLOW, SLOWER);
    try (LoggedProcess job = onYarn("cluster", "cluster", plan)) {
      await(plan, 0, job);
      ProcessHandle first = driver();
      first.destroy();
      assertThat(first.onExit()).succeedsWithin(STOP_LIMIT);
      long step = stoppedAfter("cluster", cluster.containersWords());

      await(plan, 1, job);
      assertThat(cluster.containersWords())
          .contains("Resuming after step " + step + " from its checkpoint");
      ProcessHandle second = driver();
      assertThat(second.pid()).isNotEqualTo(first.pid());
      second.destroyForcibly();
      endsUndisturbed("cluster", job);
    }
  }

  @Test
  void inOneProcessWithAllFilesOnHdfsTheJobIsStoppedAndTheSameCommandGoesOn() {
    FaultPlan slow = plan("process").at(SYNC, "add", 2 * EPOCH, Action.SLOW, SLOWER);
    String options = StandaloneCluster.SHORT_LIVED + " " + slow.javaOption();
    Launcher launcher = launcher(Map.of("EVENSTEP_JAVA_OPTIONS", options));
    try (LoggedProcess job =
        launcher.train(job(), runs(), "local[2]", "process", YarnSettings.sets())) {
      await(slow, 0, job);
      stopped("process", job);
    }
    try (LoggedProcess job =
        launcher.train(job(), runs(), "local[2]", "process", YarnSettings.sets())) {
      endsUndisturbed("process", job);
      assertThat(job.output()).contains("from its checkpoint");
    }
  }

  /** YARN's own command ends with 1, whatever happened. */
  @Test
  void inClusterModeTheDriversLogSaysWhatItEndedWith() {
    ended("typo", "training.bach=8");
    assertThat(cluster.containersWords())
        .contains("error: Invalid training.bach: must be a known key")
        .contains("Ended with exit code 78: bad config");

    ended("bad", "training.epochs=1", "gate.atLeast=0.999");
    assertThat(cluster.containersWords()).contains("Ended with exit code 79: gate not met");
    assertThat(RunReport.fromJson(cluster.read("/runs/bad/result.json")).status())
        .isEqualTo(RunReport.GATE_NOT_MET);
    assertThat(cluster.names("/runs")).contains("bad").doesNotContain("typo");
  }

  private static void ended(String runId, String... sets) {
    List<String> settings = YarnSettings.executors(WORKERS, "cluster", "");
    settings.addAll(List.of("--conf", "spark.yarn.maxAppAttempts=1"));
    for (String set : sets) {
      settings.addAll(List.of("--set", set));
    }
    try (LoggedProcess job = launcher(there()).train(job(), runs(), "yarn", runId, settings)) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isEqualTo(1);
    }
  }

  /** HDFS lets only one process create a file; the others are told who has the run. */
  @Test
  void aRunsLeaseOnHdfsGoesToOneDriverAlone() throws Exception {
    var file = new org.apache.hadoop.fs.Path("/leases/lease.json");
    int drivers = 6;
    CountDownLatch tried = new CountDownLatch(drivers);
    ExecutorService threads = Executors.newFixedThreadPool(drivers);
    try (FileSystem files = cluster.hdfs()) {
      List<Future<Lease>> leases = new ArrayList<>();
      for (int i = 0; i < drivers; i++) {
        leases.add(
            threads.submit(
                () -> {
                  tried.countDown();
                  tried.await();
                  return Lease.take(files, file, "train run r", new StopRequest(), Progress.SILENT);
                }));
      }
      List<Lease> held = new ArrayList<>();
      for (Future<Lease> lease : leases) {
        try {
          held.add(lease.get(1, TimeUnit.MINUTES));
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(TemporaryException.class)
              .hasMessageStartingWith("Cannot train run r: this is already being done by process");
        }
      }
      assertThat(held).hasSize(1);
      held.get(0).close();
      assertThat(cluster.names("/leases")).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void plansForContainersThatAreTooSmall() {
    List<String> command = new ArrayList<>(List.of("plan", job(), "--master", "yarn"));
    command.addAll(List.of("--run-id", "small", "--set", "output=" + runs()));
    command.addAll(YarnSettings.executors(WORKERS, "client", ""));
    command.addAll(List.of("--conf", "spark.executor.memoryOverhead=384m"));
    try (LoggedProcess plan = launcher(there()).command("plan", command)) {
      assertThat(plan.exitCode(JOB_LIMIT)).as(plan.output()).isEqualTo(78);
      assertThat(plan.output())
          .containsPattern("each executor +needs .* outside the heap, with a limit of 384.0 MiB\n")
          .containsPattern("to make room +--conf spark.executor.memoryOverhead=4\\d\\dm\n")
          .containsPattern(
              "error: Invalid spark.executor.memoryOverhead: must be at least 4\\d\\dm, got 384m");
    }
  }

  private static FaultPlan plan(String name) {
    return FaultPlan.in(folder.resolve("faults-" + name));
  }

  /** In client mode the jars are on every machine; in cluster mode they are sent. */
  private static LoggedProcess onYarn(String runId, String mode, FaultPlan plan) {
    List<String> settings = YarnSettings.executors(WORKERS, mode, plan.javaOption());
    settings.addAll(YarnSettings.sets());
    return launcher(mode.equals("client") ? there() : Map.of())
        .train(job(), runs(), "yarn", runId, settings);
  }

  private static Map<String, String> there() {
    return Map.of("EVENSTEP_LIB", "local:" + Built.distribution().resolve("lib"));
  }

  private static Launcher launcher(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("HADOOP_CONF_DIR", cluster.settingsFolder().toString());
    return new Launcher(folder, environment);
  }

  private static String job() {
    return cluster.uri("/jobs/digits.yaml");
  }

  private static String runs() {
    return cluster.uri("/runs");
  }

  /** The container that is running now. */
  private static ProcessHandle driver() {
    List<ProcessHandle> drivers = cluster.containers("ApplicationMaster");
    assertThat(drivers).hasSize(1);
    return drivers.get(0);
  }

  /** Waits for a fault of the plan, but stops waiting if the job has ended. */
  private static void await(FaultPlan plan, int fault, LoggedProcess job) {
    assertThat(plan.comesBefore(fault, job)).as(job.output()).isTrue();
  }

  /** Asks a job to stop; returns the number of steps after which it did. */
  private static long stopped(String runId, LoggedProcess job) {
    job.terminate();
    assertThat(job.exitCode(STOP_LIMIT)).as(job.output()).isEqualTo(TEMPORARY);
    return stoppedAfter(runId, job.output());
  }

  private static long stoppedAfter(String runId, String words) {
    Matcher stop = STOPPED.matcher(words);
    assertThat(stop.find()).as(words).isTrue();
    long step = Long.parseLong(stop.group(1));
    assertThat(cluster.names("/runs/" + runId + "/checkpoints"))
        .contains("step-%012d.ckpt".formatted(step));
    assertThat(cluster.names("/runs/" + runId)).doesNotContain("result.json");
    return step;
  }

  private static void endsUndisturbed(String runId, LoggedProcess job) {
    assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    RunReport report = RunReport.fromJson(cluster.read("/runs/" + runId + "/result.json"));
    assertThat(report.work().workers()).isEqualTo(WORKERS);
    assertThat(report.model().parametersSha256()).isEqualTo(undisturbed.model().parametersSha256());
    assertThat(report.metrics()).isEqualTo(undisturbed.metrics());
    assertThat(report.model().file()).startsWith("hdfs:");
  }
}
