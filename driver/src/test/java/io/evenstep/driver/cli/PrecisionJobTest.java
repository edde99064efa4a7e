package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.engine.step.kernel.OneDnn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code training.precision}. */
class PrecisionJobTest {
  private static final String EMULATED = "training.precision=bfloat16-emulated";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    bench.job(Workbench.JOB.replace("{name: logistic}", "{name: mlp, hidden: [8]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16-emulated", "bfloat16"})
  void givesTheSameBitsForAnyNumberOfWorkers(String precision) {
    if (precision.equals("bfloat16")) {
      assumeThat(OneDnn.bfloat16Description()).as("the processor has bfloat16").isPresent();
    }
    String chosen = "training.precision=" + precision;
    Set<String> bits = new HashSet<>();
    for (int workers = 1; workers <= 3; workers++) {
      String count = "training.workers=" + workers;
      bench.cores(3).train("--set", chosen, "--set", count, "--resume", "never").well();
      assertThat(bench.report().model().precision()).isEqualTo(precision);
      bits.add(bench.report().model().parametersSha256());
    }
    assertThat(bits).hasSize(1);
    FileUtil.fullyDelete(bench.path("runs").toFile()); // the precision is part of a run
    bench.train().well();
    assertThat(bench.report().model().parametersSha256()).isNotIn(bits);
  }

  @Test
  void planSaysWhatItDoesAndWhereItDoesNot() {
    List<String> line = new ArrayList<>(List.of("plan", bench.path("job.yaml").toString()));
    line.addAll(List.of("--set", "output=" + bench.path("runs"), "--set", EMULATED));
    assertThat(bench.type(line.toArray(String[]::new)).well().out())
        .contains("step; products of bfloat16 are emulated, which is slower than float32\n");
    line.addAll(List.of("--set", "training.engine=dl4j"));
    bench
        .type(line.toArray(String[]::new))
        .failedBySayingWhy(78, "training.precision: must be float32 with the engine dl4j");
  }

  @Test
  void aProcessorWithoutItRefuses() {
    assumeThat(OneDnn.bfloat16Description()).as("the processor has bfloat16").isEmpty();
    bench
        .train("--set", "training.precision=bfloat16")
        .failedBySayingWhy(
            78, "training.precision: must be float32 or bfloat16-emulated on a processor without");
  }

  @Test
  @Tag("slow")
  void digitsAreLearnedAsWell() {
    assertThat(accuracy("rounded", EMULATED)).isCloseTo(accuracy("exact"), within(0.02));
  }

  private static org.assertj.core.data.Offset<Double> within(double difference) {
    return org.assertj.core.data.Offset.offset(difference);
  }

  private double accuracy(String id, String... sets) {
    String job = Built.root().resolve("conf/digits.yaml").toString();
    List<String> line = new ArrayList<>(List.of("train", job, "--run-id", id));
    line.addAll(List.of("--set", "output=" + bench.path("runs")));
    for (String set : sets) {
      line.addAll(List.of("--set", set));
    }
    bench.type(line.toArray(String[]::new)).well();
    String result = Workbench.text(bench.path("runs/" + id + "/result.json"));
    return RunReport.fromJson(result).metrics().get("test.accuracy");
  }
}
