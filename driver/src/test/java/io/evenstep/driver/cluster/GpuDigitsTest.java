package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first job on a GPU of this machine, as a user starts it. */
@Tag("gpu")
class GpuDigitsTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private Path folder;

  @Test
  void reachesTheAccuracyOfAProcessor() {
    Path script = Built.distribution().resolve("deploy/gpu/getGpusResources.sh");
    List<String> more = new ArrayList<>(List.of("--set", "training.device=gpu"));
    for (String setting :
        List.of(
            "spark.worker.resource.gpu.amount=1",
            "spark.worker.resource.gpu.discoveryScript=" + script,
            "spark.executor.resource.gpu.amount=1",
            "spark.executor.cores=2",
            "spark.executor.memory=2g",
            "spark.executorEnv.CUDA_DEVICE_ORDER=PCI_BUS_ID")) {
      more.addAll(List.of("--conf", setting));
    }
    Launcher launcher = new Launcher(folder);
    Path digits = Built.root().resolve("conf/digits.yaml");
    try (LoggedProcess job =
        launcher.train(digits, "local-cluster[1,2,3072]", "digits-gpu", more)) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
    }
    RunReport report = launcher.report("digits-gpu");
    assertThat(report.work().workers()).isEqualTo(1);
    assertThat(report.metrics().get("test.accuracy")).isGreaterThanOrEqualTo(0.96);
  }
}
