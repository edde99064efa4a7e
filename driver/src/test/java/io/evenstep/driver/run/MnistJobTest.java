package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The complete MNIST jobs of {@code conf/} reach the accuracy they promise. */
@Tag("slow")
class MnistJobTest {
  private static final Path ROOT = Path.of(System.getProperty("evenstep.root", ".."));
  private static final Path MNIST =
      Path.of(System.getenv().getOrDefault("EVENSTEP_MNIST", ROOT + "/../shared/data/mnist"));

  @TempDir private Path output;

  @BeforeEach
  void needsMnist() {
    assumeTrue(
        Files.exists(MNIST.resolve("train-images-idx3-ubyte.gz")),
        "Skipped: MNIST is not in "
            + MNIST
            + "; set EVENSTEP_MNIST to the folder of its four files");
  }

  @Test
  void lenetReaches985InTwoEpochs() {
    RunReport report = train("mnist-lenet.yaml");

    assertThat(report.work().epochs()).isEqualTo(2);
    assertThat(report.work().examples()).isEqualTo(120_000);
    assertThat(report.metrics().get("test.accuracy")).isGreaterThanOrEqualTo(0.985);
  }

  @Test
  void mlpReaches975() {
    RunReport report = train("mnist-mlp.yaml");

    assertThat(report.metrics().get("test.accuracy")).isGreaterThanOrEqualTo(0.975);
  }

  /** The job itself has more epochs and reaches a higher accuracy. */
  @Test
  void lenetLearnsFromAugmentedImages() {
    RunReport report = train("mnist-augmented.yaml", Map.of("training.epochs", "1"));

    assertThat(report.metrics().get("test.accuracy")).isGreaterThanOrEqualTo(0.97);
  }

  private RunReport train(String job) {
    return train(job, Map.of());
  }

  private RunReport train(String job, Map<String, String> more) {
    Map<String, String> sets = new LinkedHashMap<>(more);
    sets.put("data.folder", MNIST.toAbsolutePath().toString());
    sets.put("output", output.toString());
    Overrides overrides = Overrides.of(sets, Map.of());
    JobConfig config = JobConfig.read(ROOT.resolve("conf").resolve(job), overrides);
    return TrainJob.run(
        config, new TrainOptions("run", Resume.AUTO), SparkTest.session(), Progress.SILENT);
  }
}
