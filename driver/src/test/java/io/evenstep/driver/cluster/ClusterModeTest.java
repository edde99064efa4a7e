package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The driver runs on a worker of a standalone cluster. Its exit code stays there: what is seen is
 * the state that the cluster gives the driver, its words, and the run's folder.
 */
@Tag("slow")
class ClusterModeTest {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Pattern STATE =
      Pattern.compile("State of driver driver-\\S+ is (FINISHED|FAILED)");
  private static final Pattern STOPPED =
      Pattern.compile("Stopped after step (\\d+), at a checkpoint");

  @TempDir private Path folder;

  @Test
  void whatItEndedWithIsInTheRunsFolderAndTheDriversWords() throws IOException {
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2)) {
      assertThat(state(cluster, "typo", "training.bach=8")).isEqualTo("FAILED");
      assertThat(words("typo")).contains("error: Invalid training.bach: must be a known key");
      assertThat(folder.resolve("runs/typo")).doesNotExist();

      assertThat(state(cluster, "bad", "training.epochs=1", "gate.atLeast=0.999"))
          .isEqualTo("FAILED");
      assertThat(words("bad")).contains("error: Quality gate not met: must have test.accuracy");
      assertThat(report("bad").status()).isEqualTo(RunReport.GATE_NOT_MET);

      stopsAtACheckpoint(cluster);
    }
  }

  private void stopsAtACheckpoint(StandaloneCluster cluster) {
    try (LoggedProcess job = submit(cluster, "stopped", "training.epochs=1000")) {
      await(() -> words("stopped").contains("Epoch 2: "), LIMIT);
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
    assertThat(folder.resolve("runs/stopped/checkpoints"))
        .isDirectoryContaining("glob:**step-%012d.ckpt".formatted(step));
    assertThat(folder.resolve("runs/stopped/result.json")).doesNotExist();
  }

  private String state(StandaloneCluster cluster, String runId, String... settings) {
    try (LoggedProcess job = submit(cluster, runId, settings)) {
      return job.awaitLine(STATE, LIMIT).group(1);
    }
  }

  private LoggedProcess submit(StandaloneCluster cluster, String runId, String... settings) {
    List<String> line = new ArrayList<>(List.of("--deploy-mode", "cluster"));
    line.addAll(List.of("--class", "io.evenstep.driver.cli.Main", "--driver-memory", "512m"));
    line.addAll(List.of("--jars", jars(jar -> !isPrimary(jar))));
    String opened = JavaModuleOptions.defaultModuleOptions();
    line.addAll(List.of("--driver-java-options", opened + " " + StandaloneCluster.SHORT_LIVED));
    line.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
    StandaloneCluster.executors(1, List.of())
        .forEach((key, value) -> line.addAll(List.of("--conf", key + "=" + value)));
    line.add(jars(ClusterModeTest::isPrimary));
    line.addAll(List.of("train", Built.root().resolve("conf/digits.yaml").toString()));
    line.addAll(List.of("--run-id", runId, "--set", "output=" + folder.resolve("runs")));
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    return cluster.submit(line.toArray(String[]::new));
  }

  private static boolean isPrimary(Path jar) {
    return jar.getFileName().toString().startsWith("evenstep-driver-");
  }

  private static String jars(Predicate<Path> wanted) {
    try (Stream<Path> jars = Files.list(Built.distribution().resolve("lib"))) {
      return jars.filter(wanted).map(Path::toString).collect(Collectors.joining(","));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the driver of a run printed, on whichever worker it was. */
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

  /** Asks the kernel: Java does not tell a command line as long as this one. */
  private static boolean isDriver(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
          .contains("DriverWrapper");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunReport report(String runId) throws IOException {
    return RunReport.fromJson(Files.readString(folder.resolve("runs/" + runId + "/result.json")));
  }

  private static void await(BooleanSupplier wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
