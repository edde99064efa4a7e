package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.JobJar;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Gpu;
import io.evenstep.model.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards as Spark hands them out, found by our own discovery script on a machine that has none. */
@Tag("slow")
class GpuPlacementTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void twoRanksOfOneExecutorHaveACardEach() throws IOException {
    try (LoggedProcess job = submit("0, 535.1, 24564, 8.6", "1, 535.1, 24564, 8.6")) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
      assertThat(job.output())
          .containsPattern("rank 0 has card [01]")
          .containsPattern("rank 1 has card [01]")
          .contains("has card 0")
          .contains("has card 1");
    }
  }

  private LoggedProcess submit(String... cards) throws IOException {
    Path jar =
        JobJar.write(
            folder.resolve("gpus.jar"),
            GpuJob.class,
            GpuJob.class.getDeclaredClasses()[0],
            RankDevice.class,
            NvidiaSmi.class,
            Gpu.class,
            ConfigException.class,
            Problem.class);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-cp", Built.sparkHome().resolve("jars") + File.separator + "*"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--class"));
    command.addAll(List.of(GpuJob.class.getName(), "--master", "local-cluster[1,2,1024]"));
    Path script = Built.root().resolve("deploy/gpu/getGpusResources.sh");
    for (String setting :
        List.of(
            "spark.worker.resource.gpu.amount=2",
            "spark.worker.resource.gpu.discoveryScript=" + script,
            "spark.executor.resource.gpu.amount=2",
            "spark.task.resource.gpu.amount=1",
            "spark.executor.cores=2",
            "spark.executor.memory=512m",
            "spark.ui.enabled=false")) {
      command.addAll(List.of("--conf", setting));
    }
    command.add(jar.toString());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("NVIDIA_SMI", FakeSmi.in(folder, cards).toString());
    builder.environment().put("SPARK_HOME", Built.sparkHome().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return LoggedProcess.start("gpus", builder, folder.resolve("gpus.log"));
  }
}
