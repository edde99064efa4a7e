package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks without a loss go through all commands. */
@Tag("slow")
class LocalModelsTest {
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
        test: {fraction: 0.2}
      model: {name: kohonen, grid: [3, 4], radius: 2, radiusDecay: 0.9}
      training: {batch: 256, epochs: 3, shards: 4, optimizer: {name: sgd, learningRate: 0.5}}
      """;

  @TempDir private Path folder;

  @Test
  void aMapIsPlannedTrainedEvaluatedDrawnAndTrainedOn() throws Exception {
    Workbench bench = Workbench.in(folder).cores(2);
    Path digits = Built.root().resolve("conf/data/digits.csv.gz");
    bench.job(JOB.formatted(digits));
    String run = bench.path("runs/small").toString();

    assertThat(onJob(bench, "plan").well().out()).contains("KohonenMap");
    bench.train().well();
    double distance = report(bench, "small").metrics().get("test.distance");
    assertThat(bench.type("evaluate", run).well().out())
        .contains("distance")
        .contains(String.format(Locale.ROOT, "%.4f", distance));
    bench.type("plot", run).well();
    assertThat(Files.readString(bench.path("runs/small/plots/map.svg"))).contains("svg");
    assertThat(Files.exists(bench.path("runs/small/plots/reconstructions.png"))).isTrue();

    bench.job(
        JOB.formatted(digits)
            .replaceFirst("model: .*", "model: {zip: runs/small/model.zip}")
            .replace("name: small", "name: longer"));
    bench.train("--run-id", "longer").well();
    assertThat(report(bench, "longer").metrics().get("test.distance")).isLessThan(distance);
    Ended refused = bench.train("--run-id", "adam", "--set", "training.optimizer.name=adam");
    assertThat(refused.code()).isEqualTo(78);
    assertThat(refused.err()).contains("must be sgd with a learning rate of at most 1");
    Ended checked = onJob(bench, "gradcheck");
    assertThat(checked.code()).isEqualTo(78);
    assertThat(checked.err()).contains("the gradient of a loss");
  }

  @Test
  void machinesOneOnAnotherBecomeAClassifier() {
    Workbench bench = Workbench.in(folder).cores(2);
    String job = JOB.formatted(Built.root().resolve("conf/data/digits.csv.gz"));
    bench.job(job.replaceFirst("model: .*", "model: {name: rbm, hidden: [32, 16]}"));
    bench.train("--run-id", "machines").well();
    assertThat(report(bench, "machines").metrics()).containsKey("test.rmse");

    bench.job(
        job.replace("task: reconstruction", "task: classification")
            .replace("{name: sgd, learningRate: 0.5}", "{name: adam, learningRate: 0.03}")
            .replaceFirst("model: .*", "model: {zip: runs/machines/model.zip, replaceHead: true}"));
    bench.train().well();

    RunReport classifier = report(bench, "small");
    assertThat(classifier.metrics().get("test.accuracy")).isGreaterThan(0.4);
    assertThat(classifier.model().engine()).isEqualTo("step"); // which has the dense layers
  }

  private static Ended onJob(Workbench bench, String command) {
    String output = "output=" + bench.path("runs");
    return bench.type(command, bench.path("job.yaml").toString(), "--set", output);
  }

  private static RunReport report(Workbench bench, String run) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + run + "/result.json")));
  }
}
