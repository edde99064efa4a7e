package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver runs on a worker of a standalone cluster. Its exit code stays there: tests see the
 * state that the cluster reports for the driver, its output, and the run's folder.
 */
@Tag("slow")
class ClusterModeTest {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Pattern STATE =
      Pattern.compile("State of driver driver-\\S+ is (FINISHED|FAILED)");
  private static final Pattern EPOCH = Pattern.compile("Epoch +2: ");
  private static final Pattern STOPPED =
      Pattern.compile("Stopped after step (\\d+), at a checkpoint");

  private static final Path DIGITS = Built.root().resolve("conf/digits.yaml");

  /** Enough epochs that the driver is stopped before the last one. */
  private static final List<String> LONG = List.of("training.epochs=20", "gate.atLeast=0.5");

  @TempDir private Path folder;
  private Launcher launcher;

  @BeforeEach
  void setUp() throws IOException {
    Path home = SparkHome.in(folder.resolve("spark"), Built.sparkHome().resolve("jars"));
    launcher =
        new Launcher(
            folder, Map.of("SPARK_HOME", home.toString(), "EVENSTEP_DRIVER_MEMORY", "512m"));
  }

  @Test
  void whatItEndedWithIsInTheRunsFolderAndTheDriversWords() throws IOException {
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2)) {
      assertThat(state(cluster, "typo", List.of("training.bach=8"))).isEqualTo("FAILED");
      assertThat(words("typo"))
          .contains("error: Invalid training.bach: must be a known key")
          .contains("Ended with exit code 78: bad config");
      assertThat(folder.resolve("runs/typo")).doesNotExist();

      List<String> tooGood = List.of("training.epochs=1", "gate.atLeast=0.999");
      assertThat(state(cluster, "bad", tooGood)).isEqualTo("FAILED");
      assertThat(words("bad"))
          .contains("error: Quality gate not met: must have test.accuracy")
          .contains("Ended with exit code 79: gate not met");
      assertThat(launcher.report("bad").status()).isEqualTo(RunReport.GATE_NOT_MET);
    }
  }

  @Test
  void oneThatIsStoppedAtACheckpointGoesOnToTheSameBits() {
    try (LoggedProcess alone = launcher.train(DIGITS, "local[1]", "undisturbed", arguments(LONG));
        StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2)) {
      assertThat(alone.exitCode(LIMIT)).as(alone.output()).isZero();
      long step = stopsAtACheckpoint(cluster);

      assertThat(state(cluster, "stopped", LONG)).isEqualTo("FINISHED");
      assertThat(words("stopped"))
          .contains("Ended with exit code 75: temporary")
          .contains("Resuming after step " + step + " from its checkpoint")
          .contains("Ended with exit code 0: done");
    }
    assertThat(launcher.report("stopped").model().parametersSha256())
        .isEqualTo(launcher.report("undisturbed").model().parametersSha256());
  }

  /** Returns the step after which it stopped. */
  private long stopsAtACheckpoint(StandaloneCluster cluster) {
    try (LoggedProcess job = submit(cluster, "stopped", LONG)) {
      await(() -> EPOCH.matcher(words("stopped")).find(), LIMIT);
      driver(cluster).destroy();
      await(() -> STOPPED.matcher(words("stopped")).find(), STOP_LIMIT);
      assertThat(job.awaitLine(STATE, LIMIT).group(1)).isEqualTo("FAILED");
    }
    long step =
        STOPPED
            .matcher(words("stopped"))
            .results()
            .findFirst()
            .map(it -> Long.parseLong(it.group(1)))
            .orElseThrow();
    assertThat(launcher.checkpoints("stopped")).contains("step-%012d.ckpt".formatted(step));
    assertThat(folder.resolve("runs/stopped/result.json")).doesNotExist();
    return step;
  }

  private String state(StandaloneCluster cluster, String runId, List<String> settings) {
    try (LoggedProcess job = submit(cluster, runId, settings)) {
      String state = job.awaitLine(STATE, LIMIT).group(1);
      assertThat(job.output()).contains(SparkHome.STARTED);
      return state;
    }
  }

  private LoggedProcess submit(StandaloneCluster cluster, String runId, List<String> settings) {
    return launcher.submit(DIGITS, cluster.master(), "cluster", runId, arguments(settings));
  }

  private static List<String> arguments(List<String> settings) {
    List<String> arguments = new ArrayList<>();
    StandaloneCluster.executors(1, List.of())
        .forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return arguments;
  }

  /** The output of a run's driver, whichever worker it ran on. */
  private String words(String runId) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(ClusterModeTest::isOfADriver).toList()) {
        texts.add(Files.readString(file));
      }
      return texts.stream()
          .filter(text -> text.contains("\"--run-id\" \"" + runId + "\""))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfADriver(Path file) {
    return file.toString().matches(".*/driver-[^/]*/stderr");
  }

  private static ProcessHandle driver(StandaloneCluster cluster) {
    return cluster.executors().stream().filter(ClusterModeTest::isDriver).findFirst().orElseThrow();
  }

  /** Asks the kernel, because Java does not report a command line as long as this one. */
  private static boolean isDriver(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .contains("DriverWrapper");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
