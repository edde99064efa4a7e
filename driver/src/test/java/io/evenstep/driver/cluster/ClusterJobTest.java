package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.RunReport;
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
  private final Map<String, String> outputs = new HashMap<>(); // [run id -> what it printed]

  @Test
  void trainsOnAStandaloneClusterToTheBitsOfOneLocalWorkerAndLeavesNothingRunning()
      throws IOException {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

    RunReport alone = train("alone", "local[1]", List.of());
    RunReport together;
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2)) {
      together =
          train("together", cluster.master(), List.of("--conf", "spark.executor.memory=768m"));
    }

    assertThat(alone.workers()).isEqualTo(1);
    assertThat(together.workers()).isEqualTo(2);
    assertThat(together.parametersSha256()).isEqualTo(alone.parametersSha256());
    assertThat(together.metrics()).isEqualTo(alone.metrics());
    assertThat(together.bytesSentPerWorkerPerStep())
        .isBetween(
            together.bytesLowerBoundPerWorkerPerStep(),
            1.02 * together.bytesLowerBoundPerWorkerPerStep());
    assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
    assertThat(unfinishedFiles()).isEmpty();
  }

  /** The settings that a cluster's administrator makes for Spark are all that it takes. */
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
        .contains("Encrypting what workers send, because of spark.network.crypto.enabled")
        .doesNotContain("Warning");
    assertThat(encrypted.workers()).isEqualTo(2);
    assertThat(encrypted.parametersSha256()).isEqualTo(plain.parametersSha256());
    assertThat(encrypted.bytesSentPerWorkerPerStep())
        .isBetween(
            plain.bytesSentPerWorkerPerStep(), 1.02 * encrypted.bytesLowerBoundPerWorkerPerStep());
  }

  private RunReport train(String runId, String master, List<String> more) {
    List<String> settings = new ArrayList<>(more);
    settings.addAll(List.of("--set", "training.epochs=3", "--set", "gate.atLeast=0.5"));
    Launcher launcher = new Launcher(folder);
    Path digits = Built.root().resolve("conf/digits.yaml");
    try (LoggedProcess job = launcher.train(digits, master, runId, settings)) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
      outputs.put(runId, job.output());
    }
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
