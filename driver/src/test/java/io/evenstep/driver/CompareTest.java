package io.evenstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.driver.cluster.Python;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison with other trainers, {@code src/bench/compare}, without the runs themselves. */
class CompareTest {
  private static final Path BENCH = Built.root().resolve("src/bench");

  @TempDir private Path folder;

  @Test
  void readsAndCountsAsItsOwnTestsSay() {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-B", "-m", "unittest", "compare.test_compare")
            .directory(BENCH.toFile());
    try (LoggedProcess python =
        LoggedProcess.start("unittest", builder, folder.resolve("unittest.log"))) {
      assertThat(python.exitCode(Duration.ofMinutes(1))).as(python.output()).isZero();
      assertThat(python.output()).contains("OK");
    }
  }

  @Test
  void hasOnlyJobsWithoutAProblemAllWithTheSameBatch() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(BENCH.resolve("compare/jobs"), "*.yaml")) {
      for (Path file : files) {
        JobConfig job = JobConfig.read(file, Overrides.NONE);
        names.add(job.name());
        assertThat(file).hasFileName(job.name() + ".yaml");
        assertThat(job.training().batches().rows()).isEqualTo(256);
      }
    }
    assertThat(names).contains("small-mlp", "mlp", "lenet", "residual", "lstm");
  }
}
