package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training job as a user starts it, on a real cluster of processes and in one process. */
@Tag("slow")
class ClusterJobTest {
  private static final Duration JOB_LIMIT = Duration.ofMinutes(4);

  @TempDir private Path folder;
  private final Map<String, String> outputs = new HashMap<>(); // run id -> what it printed

  @Test
  void trainsOnAStandaloneClusterToTheBitsOfOneLocalWorkerAndLeavesNothingRunning()
      throws IOException {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

    RunReport alone = train("alone", "local[1]", List.of());
    RunReport together;
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2)) {
      together = train("together", cluster.master(), withMetrics());
      plansForExecutorsThatAreTooSmall(cluster.master());
    }

    assertThat(alone.work().workers()).isEqualTo(1);
    assertThat(together.work().workers()).isEqualTo(2);
    assertThat(together.model().parametersSha256()).isEqualTo(alone.model().parametersSha256());
    assertThat(together.metrics()).isEqualTo(alone.metrics());
    assertThat(together.traffic().bytesSentPerWorkerPerStep())
        .isBetween(
            together.traffic().bytesLowerBoundPerWorkerPerStep(),
            1.02 * together.traffic().bytesLowerBoundPerWorkerPerStep());
    assertThat(lastStep("rank-0000")).isEqualTo(together.work().steps());
    assertThat(lastStep("rank-0001")).isEqualTo(together.work().steps());
    assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
    assertThat(unfinishedFiles()).isEmpty();
  }

  /** Settings made for Spark by a cluster's administrator are enough. */
  @Test
  void encryptsOnAClusterThatEncrypts() throws IOException {
    String[] settings = {
      "spark.authenticate=true",
      "spark.authenticate.secret=of-this-test",
      "spark.network.crypto.enabled=true"
    };
    List<String> more = new ArrayList<>(List.of("--set", "training.workers=2"));
    more.addAll(List.of("--conf", "spark.executor.memory=768m"));
    for (String setting : settings) {
      more.addAll(List.of("--conf", setting));
    }

    RunReport encrypted;
    try (StandaloneCluster cluster =
        StandaloneCluster.start(Built.sparkHome(), folder, 2, settings)) {
      encrypted = train("encrypted", cluster.master(), more);
    }

    RunReport plain = train("plain", "local[2]", List.of());
    assertThat(outputs.get("encrypted"))
        .contains("Encrypting traffic between workers, because of spark.network.crypto.enabled")
        .doesNotContain("Warning");
    assertThat(encrypted.work().workers()).isEqualTo(2);
    assertThat(encrypted.model().parametersSha256()).isEqualTo(plain.model().parametersSha256());
    assertThat(encrypted.traffic().bytesSentPerWorkerPerStep())
        .isBetween(
            plain.traffic().bytesSentPerWorkerPerStep(),
            1.02 * encrypted.traffic().bytesLowerBoundPerWorkerPerStep());
  }

  /** In addition to one and two local workers, which the other tests cover. */
  @Test
  void fourLocalWorkersEndTooAndLeaveNothing() throws IOException {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
    assertThat(train("four", "local[4]", List.of()).work().workers()).isEqualTo(4);
    assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
  }

  /** An executor of 512 MiB, for a network of 10 million parameters. */
  private void plansForExecutorsThatAreTooSmall(String master) {
    String digits = Built.root().resolve("conf/digits.yaml").toString();
    List<String> line = new ArrayList<>(List.of("plan", digits, "--master", master));
    line.addAll(List.of("--run-id", "large", "--set", "output=" + folder.resolve("runs")));
    line.addAll(List.of("--conf", "spark.executor.memory=512m", "--set", "training.workers=1"));
    line.addAll(List.of("--set", "model.hidden=[3200,3200]"));
    try (LoggedProcess plan = new Launcher(folder).command("plan", line)) {
      assertThat(plan.exitCode(JOB_LIMIT)).as(plan.output()).isEqualTo(78);
      assertThat(plan.output())
          .containsPattern("each executor +needs 5\\d\\d[.]\\d MiB of its 512[.]0 MiB heap, and ")
          .contains(" with a limit of 384.0 MiB (this cluster does not enforce it)")
          .containsPattern(
              "to make room +--conf spark.executor.memory=5\\d\\dm"
                  + " --conf spark.executor.memoryOverhead=\\d+m\n")
          .containsPattern("GPUs +0 requested, 0 available")
          .containsPattern(
              "error: Invalid spark.executor.memory: must be at least 5\\d\\dm, got 512m");
      assertThat(plan.output().lines()).filteredOn(it -> it.startsWith("error: ")).hasSize(1);
    }
  }

  /** Executors report their figures too. */
  private List<String> withMetrics() throws IOException {
    Path sink = Files.createDirectory(folder.resolve("metrics"));
    return List.of(
        "--conf",
        "spark.executor.memory=768m",
        "--conf",
        "spark.metrics.conf.executor.sink.csv.class=org.apache.spark.metrics.sink.CsvSink",
        "--conf",
        "spark.metrics.conf.executor.sink.csv.directory=" + sink);
  }

  private long lastStep(String rank) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
      Path file =
          files
              .filter(
                  each -> each.toString().matches(".*[.]\\d+[.]evenstep[.]" + rank + "[.]step.csv"))
              .findFirst()
              .orElseThrow();
      List<String> lines = Files.readAllLines(file);
      return Long.parseLong(lines.get(lines.size() - 1).split(",")[1]);
    }
  }

  /** Nothing remains in its temporary folders after its end. */
  private RunReport train(String runId, String master, List<String> more) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve(runId + "-tmp/java"));
    Path sparks = Files.createDirectory(temporary.resolveSibling("spark"));
    List<String> settings = new ArrayList<>(more);
    settings.addAll(List.of("--conf", "spark.local.dir=" + sparks));
    settings.addAll(List.of("--set", "training.epochs=3", "--set", "gate.atLeast=0.5"));
    String options = StandaloneCluster.SHORT_LIVED + " -Djava.io.tmpdir=" + temporary;
    Launcher launcher = new Launcher(folder, Map.of("EVENSTEP_JAVA_OPTIONS", options));
    Path digits = Built.root().resolve("conf/digits.yaml");
    try (LoggedProcess job = launcher.train(digits, master, runId, settings)) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
      outputs.put(runId, job.output());
    }
    assertThat(temporary).isEmptyDirectory();
    assertThat(sparks).isEmptyDirectory();
    return launcher.report(runId);
  }

  private List<Path> unfinishedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      return files
          .filter(file -> file.toString().matches(".*(unfinished|\\.tmp|_temporary).*"))
          .toList();
    }
  }
}
