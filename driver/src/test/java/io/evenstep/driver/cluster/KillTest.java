package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.driver.cli.Chromium;
import io.evenstep.driver.fault.Fault.Action;
import io.evenstep.driver.report.PageData;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes of a run on a real cluster die by {@code kill -9} or freeze, at chosen points. Every
 * run ends with the bits of the undisturbed one.
 */
@Tag("slow")
class KillTest {
  private static final int TWO = 2;
  private static final int THREE = 3;
  private static final Duration JOB_LIMIT = Duration.ofMinutes(5);
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);
  private static final Duration NAMED_LIMIT = Duration.ofSeconds(5);
  private static final int KILLED = 128 + 9;
  private static final int CHECKPOINT_STEPS = 8;

  /**
   * 5 epochs of 20 steps, 8 shards per step: with three workers each adds 2 or 3, with two each
   * adds 4.
   */
  private static final List<String> JOB =
      List.of(
          "training.epochs=5",
          "training.checkpoint.everySteps=" + CHECKPOINT_STEPS,
          "gate.atLeast=0.5");

  /** Rounded sums, and each shard in two pieces. */
  private static final String[] ROUNDED = {"training.wire=int8", "training.accumulate=2"};

  private static final Pattern SILENT = Pattern.compile(".*silent for .*");

  private static final String SYNC = "io.evenstep.worker.sync.ExactSync";
  private static final String ALL_REDUCE = "io.evenstep.worker.collective.AllReduce";
  private static final String MEETING = "io.evenstep.worker.mesh.Meeting";
  private static final String CHECKPOINT = "io.evenstep.worker.checkpoint.CheckpointFormat";

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Launcher launcher;
  private static RunReport undisturbed;
  private static RunReport undisturbedRounded;

  @BeforeAll
  static void startAndRunOnceUndisturbed() {
    cluster = StandaloneCluster.start(Built.sparkHome(), folder, THREE);
    launcher = new Launcher(folder);
    try (LoggedProcess job = start("undisturbed", THREE, List.of())) {
      undisturbed = ends(job, "undisturbed");
    }
    try (LoggedProcess job = start("rounded", TWO, List.of(), ROUNDED)) {
      undisturbedRounded = ends(job, "rounded");
    }
    assertThat(undisturbed.work().workers()).isEqualTo(THREE);
    assertThat(undisturbed.work().attempts()).isEqualTo(1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void diesInTheMiddleOfAStep() throws IOException {
    FaultPlan plan = plan("step").at(SYNC, "add", 66, Action.KILL);
    goesOnFromAReplica(survives("step", THREE, plan));
    requirePageTellsOfIt(launcher.runs().resolve("step/report.html"));
  }

  /** The report page shows the loss and the recovery, and all steps once. */
  private static void requirePageTellsOfIt(Path page) throws IOException {
    JsonNode data = PageData.inPage(Files.readString(page));
    assertThat(data.path("timeline"))
        .extracting(entry -> entry.path("kind").asText())
        .contains("attempt", "lost", "resumed", "checkpoint", "end");
    assertThat(data.path("steps").path("step"))
        .extracting(JsonNode::asLong)
        .isSorted()
        .doesNotHaveDuplicates()
        .contains(100L);
    if (Chromium.isThere()) {
      JsonNode seen = Chromium.open(page, Chromium.Colours.LIGHT, folder);
      assertThat(seen.path("ready").asBoolean()).isTrue();
      for (String chart : List.of("loss-by-step", "gradient-norm", "roc", "network", "time")) {
        assertThat(seen.path("charts").path(chart).path("points").asInt()).as(chart).isPositive();
      }
      assertThat(seen.path("text").asText())
          .contains("lost a worker", "from a surviving replica", "this run took 2 attempts");
    }
  }

  @Test
  void diesDuringAllReduce() {
    FaultPlan plan = plan("all-reduce").at(ALL_REDUCE, "reduceOwnSlice", 27, Action.KILL);
    goesOnFromAReplica(survives("all-reduce", TWO, plan, undisturbedRounded, ROUNDED));
  }

  @Test
  void diesWhileACheckpointIsWritten() {
    FaultPlan plan = plan("checkpoint").at(CHECKPOINT, "writeSection", 9, Action.KILL);
    goesOnFromAReplica(survives("checkpoint", TWO, plan));
    assertThat(launcher.runs().resolve("checkpoint/checkpoints"))
        .isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void diesAtRendezvous() {
    FaultPlan plan = plan("rendezvous").at(MEETING, "meet", 1, Action.KILL);
    survives("rendezvous", TWO, plan);
  }

  @Test
  void diesTwice() {
    FaultPlan plan =
        plan("twice").at(SYNC, "add", 41, Action.KILL).then(SYNC, "add", 66, Action.KILL);
    goesOnFromAReplica(survives("twice", THREE, plan));
  }

  @Test
  void diesAgainAtTheNextRendezvous() {
    FaultPlan plan =
        plan("again").at(SYNC, "add", 66, Action.KILL).then(MEETING, "meet", 1, Action.KILL);
    goesOnFromAReplica(survives("again", THREE, plan));
  }

  @Test
  void allWorkersDieAtOnce() {
    FaultPlan plan = plan("all").at(SYNC, "add", 66, Action.PARK);
    try (LoggedProcess job = start("all", TWO, List.of(plan), ROUNDED)) {
      plan.await(0, JOB_LIMIT);
      List<ProcessHandle> executors = cluster.executors();
      assertThat(executors).hasSize(TWO);
      long death = System.currentTimeMillis();
      executors.forEach(ProcessHandle::destroyForcibly);
      RunReport report = ends(job, "all");
      inTime(same("all", plan, report, death, undisturbedRounded), CHECKPOINT_STEPS);
      assertThat(report.work().stepsRedone()).isLessThanOrEqualTo(CHECKPOINT_STEPS);
    }
  }

  @Test
  void driverDiesInMidEpochAndTheSameCommandGoesOn() {
    FaultPlan plan = plan("driver").at(SYNC, "add", 66, Action.SLOW, Duration.ofMillis(20));
    long death;
    try (LoggedProcess job = start("driver", TWO, List.of(plan))) {
      plan.await(0, JOB_LIMIT);
      death = System.currentTimeMillis();
      job.kill();
      assertThat(job.exitCode(JOB_LIMIT)).isEqualTo(KILLED);
    }
    try (LoggedProcess job = start("driver", TWO, List.of(plan))) {
      Trace.Recovery recovery = same("driver", plan, ends(job, "driver"), death, undisturbed);
      assertThat(recovery.stepsRedone()).isLessThanOrEqualTo(CHECKPOINT_STEPS);
    }
  }

  @Test
  void standsStillForTenSeconds() {
    FaultPlan plan = plan("stop").at(SYNC, "add", 66, Action.STOP, Duration.ofSeconds(10));
    try (LoggedProcess job = start("stop", TWO, List.of(plan))) {
      plan.await(0, JOB_LIMIT);
      String named = job.awaitLine(SILENT, NAMED_LIMIT).group();
      RunReport report = ends(job, "stop");
      System.out.printf("stopped: %s; attempts %d%n", named, report.work().attempts());
      assertThat(report.model().parametersSha256())
          .isEqualTo(undisturbed.model().parametersSha256());
      assertThat(report.work().stepsRedone()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void standsStillForSoLongThatItIsReplaced() {
    FaultPlan plan = plan("lost").at(SYNC, "add", 66, Action.STOP, Duration.ofMinutes(1));
    try (LoggedProcess job = start("lost", TWO, List.of(plan), "training.silenceSeconds=5")) {
      RunReport report = ends(job, "lost");
      long lost = plan.came(0).millis();
      assertThat(same("lost", plan, report, lost, undisturbed).stepsRedone())
          .isLessThanOrEqualTo(1);
      assertThat(report.work().attempts()).isEqualTo(2);
    }
  }

  private static FaultPlan plan(String runId) {
    return FaultPlan.in(folder.resolve("faults-" + runId));
  }

  private static LoggedProcess start(
      String runId, int workers, List<FaultPlan> plans, String... sets) {
    List<String> settings = new ArrayList<>();
    Stream.concat(JOB.stream(), Stream.of(sets))
        .forEach(setting -> settings.addAll(List.of("--set", setting)));
    List<String> agents = plans.stream().map(FaultPlan::javaOption).toList();
    StandaloneCluster.executors(workers, agents)
        .forEach((key, value) -> settings.addAll(List.of("--conf", key + "=" + value)));
    Path digits = Built.root().resolve("conf/digits.yaml");
    return launcher.train(digits, cluster.master(), runId, settings);
  }

  private static String survives(String runId, int workers, FaultPlan plan) {
    return survives(runId, workers, plan, undisturbed);
  }

  /** Ends with the result of an undisturbed job with the same settings. */
  private static String survives(
      String runId, int workers, FaultPlan plan, RunReport expected, String... sets) {
    try (LoggedProcess job = start(runId, workers, List.of(plan), sets)) {
      RunReport report = ends(job, runId);
      for (int death = 0; death < plan.count(); death++) {
        long at = plan.came(death).millis();
        inTime(same(runId, plan, report, at, expected), 1);
        assertThat(report.work().stepsRedone()).isLessThanOrEqualTo(1);
      }
      assertThat(report.work().attempts()).isEqualTo(plan.count() + 1);
      return job.output();
    }
  }

  private static void goesOnFromAReplica(String output) {
    assertThat(output).contains("from a surviving replica").doesNotContain("from its checkpoint");
  }

  private static RunReport ends(LoggedProcess job, String runId) {
    assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
    return launcher.report(runId);
  }

  private static void inTime(Trace.Recovery recovery, int steps) {
    assertThat(recovery.stepsRedone()).isLessThanOrEqualTo(steps);
    assertThat(recovery.seconds()).isLessThanOrEqualTo(RECOVERY_LIMIT.toSeconds());
  }

  private static Trace.Recovery same(
      String runId, FaultPlan plan, RunReport report, long deathMillis, RunReport expected) {
    Trace.Recovery recovery = plan.trace().after(deathMillis);
    System.out.printf(
        "killed: %-12s next step after %4.1f s, attempts %d, workers %d, steps redone %d (report:"
            + " %d)%n",
        runId,
        recovery.seconds(),
        report.work().attempts(),
        report.work().workers(),
        recovery.stepsRedone(),
        report.work().stepsRedone());
    assertThat(report.model().parametersSha256()).isEqualTo(expected.model().parametersSha256());
    assertThat(report.metrics()).isEqualTo(expected.metrics());
    return recovery;
  }
}
