package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.JobJar;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GPUs as Spark assigns them, found by our own discovery script on a machine without any. */
@Tag("slow")
class GpuPlacementTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String[] TWO_CARDS = {"0, 535.1, 24564, 8.6", "1, 535.1, 24564, 8.6"};

  @TempDir private Path folder;

  /** An executor has two of them, and packs with all of its four cores. */
  @Test
  void onlyTasksThatComputeTakeACard() throws IOException {
    List<String> conf = List.of("spark.executor.cores=4", "spark.executor.resource.gpu.amount=2");
    try (LoggedProcess job = submit(4, conf, TWO_CARDS)) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
      assertThat(job.output())
          .contains("slots of workers: 2", "packed by 4 tasks at once, with 0 cards")
          .contains("lost a rank: ");
      assertEachHasACardOfItsOwn(job.output());
    }
  }

  @Test
  void executorsThatShareAMachineHaveUnlikeCards() throws IOException {
    List<String> conf = List.of("spark.executor.cores=2", "spark.executor.resource.gpu.amount=1");
    try (LoggedProcess job = submit(4, conf, TWO_CARDS)) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
      assertThat(job.output())
          .contains("slots of workers: 2", "packed by 4 tasks at once, with 0 cards");
      assertEachHasACardOfItsOwn(job.output());
    }
  }

  @Test
  void aCardATaskIsGivenToAllWhereSparkIsToldSo() throws IOException {
    List<String> conf =
        List.of(
            "spark.executor.cores=4",
            "spark.executor.resource.gpu.amount=2",
            "spark.task.resource.gpu.amount=1");
    try (LoggedProcess job = submit(2, conf, TWO_CARDS)) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
      assertThat(job.output())
          .contains("slots of workers: 2", "packed by 2 tasks at once, with 2 cards")
          .contains(
              "planned cards: 2 requested, 2 available", "planned cards: 3 requested, 2 available")
          .containsOnlyOnce("planned problem: Invalid spark.task.resource.gpu.amount: ")
          .contains("must be at most the 2 GPUs of the executors for 3 workers together, got 1.0");
      assertEachHasACardOfItsOwn(job.output());
    }
  }

  @Test
  void aCardThatCannotBeUsedIsRefusedBeforeAnyWork() throws IOException {
    List<String> conf = List.of("spark.executor.cores=2", "spark.executor.resource.gpu.amount=2");
    try (LoggedProcess job = submit(2, conf, TWO_CARDS[0], "1, 550.1, 81559, 9.0")) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
      assertThat(job.output())
          .containsPattern("refused: Rank [01] at [^:]+: Cannot train on GPU 1: .* is 9\\.0,")
          .doesNotContain("packed by");
    }
  }

  private static void assertEachHasACardOfItsOwn(String output) {
    assertThat(output)
        .containsPattern("rank 0 has card [01]")
        .containsPattern("rank 1 has card [01]")
        .contains("has card 0", "has card 1", "cards of an evaluation: [true]");
  }

  private LoggedProcess submit(int packing, List<String> conf, String... cards) throws IOException {
    Path jar =
        JobJar.write(
            folder.resolve("gpus.jar"), GpuJob.class, GpuJob.class.getDeclaredClasses()[0]);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-cp", Built.sparkHome().resolve("jars") + File.separator + "*"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--class"));
    command.addAll(List.of(GpuJob.class.getName(), "--master", "local-cluster[1,4,1024]"));
    command.addAll(List.of("--jars", ownJars()));
    Path script = Built.root().resolve("deploy/gpu/getGpusResources.sh");
    List<String> settings = new ArrayList<>(conf);
    settings.add("spark.worker.resource.gpu.amount=2");
    settings.add("spark.worker.resource.gpu.discoveryScript=" + script);
    settings.add("spark.executor.memory=512m");
    settings.add("spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    settings.add("spark.ui.enabled=false");
    settings.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.addAll(List.of(jar.toString(), folder.toString(), String.valueOf(packing)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("NVIDIA_SMI", FakeSmi.in(folder, cards).toString());
    builder.environment().put("SPARK_HOME", Built.sparkHome().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return LoggedProcess.start("gpus", builder, folder.resolve("gpus.log"));
  }

  private static String ownJars() throws IOException {
    try (Stream<Path> jars = Files.list(Built.distribution().resolve("lib"))) {
      return jars.map(Path::toString)
          .filter(jar -> jar.contains("/evenstep-"))
          .collect(Collectors.joining(","));
    }
  }
}
