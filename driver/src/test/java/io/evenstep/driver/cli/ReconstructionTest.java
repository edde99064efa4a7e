package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that give back their input. */
class ReconstructionTest {
  private static final String JOB =
      """
      name: small
      data:
        format: csv
        path: %s
        header: false
        label: c64
        task: reconstruction
        normalize: scale
        augment: [noise: {deviation: 0.3}]
        test: {fraction: 0.2}
      model: {name: mlp, hidden: [48]}
      training: {batch: 64, epochs: 3, shards: 4, optimizer: {name: adam, learningRate: 0.005}}
      evaluation: {noise: 0.3}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder).cores(3);
    bench.job(JOB.formatted(Built.root().resolve("conf/data/digits.csv.gz")));
  }

  @Test
  void removesNoiseWithTheSameBitsForAnyNumberOfWorkers() {
    List<String> bits = new ArrayList<>();
    for (int workers = 1; workers <= 3; workers++) {
      Ended ended = bench.train("--run-id", "n" + workers, "--set", "training.workers=" + workers);
      assertThat(ended.code()).as("%s", ended.err()).isZero();
      RunReport report = report("n" + workers);
      bits.add(report.model().parametersSha256() + report.metrics().get("test.errorLeft"));
      assertThat(report.metrics().get("test.inputMse")).isBetween(0.085, 0.095);
      assertThat(report.metrics().get("test.errorLeft")).isBetween(0.1, 0.9);
    }
    assertThat(bits).containsOnly(bits.get(0));
    Ended again = bench.type("evaluate", bench.path("runs/n1").toString());
    assertThat(again.out())
        .contains("errorLeft")
        .contains(String.format(Locale.ROOT, "%.4f", report("n1").metrics().get("test.errorLeft")));
    bench.type("plot", bench.path("runs/n1").toString());
    assertThat(Files.exists(bench.path("runs/n1/plots/reconstructions.png"))).isTrue();
  }

  @Test
  void saysWhatDoesNotApply() {
    Ended ended =
        bench.train(
            "--set",
            "data.split=stratified",
            "--set",
            "data.classes=[a, b]",
            "--set",
            "training.classWeights=balanced");
    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err())
        .contains("data.split: must be random, grouped or ordered for data.task reconstruction")
        .contains("data.classes: must not be set for data.task reconstruction")
        .contains("training.classWeights");
  }

  @Test
  void needsNoiseForAGateOnWhatIsLeftOfIt() {
    Ended ended =
        bench.train(
            "--set",
            "evaluation.noise=0",
            "--set",
            "gate.metric=test.errorLeft",
            "--set",
            "gate.atMost=0.5");
    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err()).contains("unless evaluation.noise is above 0");
  }

  private RunReport report(String run) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + run + "/result.json")));
  }
}
