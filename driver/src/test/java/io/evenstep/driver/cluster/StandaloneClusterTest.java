package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StandaloneClusterTest {
  private static final Duration JOB_LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void runsAJobOnBothWorkersPassesItsExitCodeOnAndLeavesNothingRunning() throws Exception {
    Path jar = JobJar.write(folder.resolve("sum.jar"), SumJob.class);
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, 2);
        LoggedProcess job =
            cluster.submit(
                "--class",
                SumJob.class.getName(),
                "--executor-memory",
                "512m",
                // both executors must be ready, or one may do all the work
                "--conf",
                "spark.scheduler.minRegisteredResourcesRatio=1",
                "--conf",
                "spark.locality.wait=0",
                jar.toString(),
                "7")) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isEqualTo(7);
      assertThat(job.output()).contains("sum 5050 by 2");
    }

    Stream<ProcessHandle> after = ProcessHandle.current().descendants();
    assertThat(after).isSubsetOf(before);
  }
}
