package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frozen layers, and a saved network with another output layer. */
class TransferTest {
  private static final String RECONSTRUCTION =
      """
      name: small
      data:
        format: csv
        path: %s
        header: false
        label: c64
        task: reconstruction
        normalize: scale
        test: {fraction: 0.5}
      model: {name: mlp, hidden: [32, 16]}
      training: {batch: 64, epochs: 2, shards: 4}
      """;

  private static final String CLASSES =
      RECONSTRUCTION
          .replace("task: reconstruction", "task: classification")
          .replace("{name: mlp, hidden: [32, 16]}", "{zip: runs/source/model.zip}")
          .replace("epochs: 2", "epochs: 4, optimizer: {name: adam, learningRate: 0.01}");

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder).cores(3);
    bench.job(job(RECONSTRUCTION));
  }

  private static String job(String text) {
    return text.formatted(Built.root().resolve("conf/data/digits.csv.gz"));
  }

  @Test
  void putsANewOutputOnFrozenLayersWithTheSameBitsForAnyNumberOfWorkers() throws IOException {
    bench.train("--run-id", "source").well();
    bench.job(job(CLASSES));
    List<String> bits = new ArrayList<>();
    for (int workers = 1; workers <= 3; workers++) {
      bench
          .train(
              "--run-id",
              "n" + workers,
              "--set",
              "training.workers=" + workers,
              "--set",
              "model.replaceHead=true",
              "--set",
              "model.freeze=[0]")
          .well();
      RunReport report = report("n" + workers);
      bits.add(report.model().parametersSha256());
      assertThat(report.metrics().get("test.accuracy")).isGreaterThan(0.4);
    }
    assertThat(bits).containsOnly(bits.get(0));

    assertThat(weights("n1", "0_W")).containsExactly(weights("source", "0_W"));
    assertThat(weights("n1", "0_b")).containsExactly(weights("source", "0_b"));
    assertThat(weights("n1", "1_W")).isNotEqualTo(weights("source", "1_W"));
    assertThat(weights("source", "2_W")).hasSize(16 * 64);
    assertThat(weights("n1", "2_W")).hasSize(16 * 10);
  }

  @Test
  void keepsRandomHiddenLayersAsTheyWereDrawn() throws IOException {
    bench.train("--run-id", "short", "--set", "model.freeze=hidden").well();
    bench
        .train("--run-id", "long", "--set", "model.freeze=hidden", "--set", "training.epochs=3")
        .well();
    for (String key : List.of("0_W", "0_b", "1_W", "1_b")) {
      assertThat(weights("long", key)).containsExactly(weights("short", key));
    }
    assertThat(weights("long", "2_W")).isNotEqualTo(weights("short", "2_W"));
  }

  @Test
  void radialUnitsBeginWithTrainingRows() throws IOException {
    String radial = "{layers: [{type: rbf, units: 8, width: 3}], freeze: hidden}";
    bench.job(Workbench.JOB.replace("{name: logistic}", radial));
    bench.train("--run-id", "radial").well();

    float[] centres = weights("radial", "0_C"); // all x, then all y
    List<String> rows = Workbench.rows(64).lines().toList();
    for (int unit = 0; unit < 8; unit++) {
      String row = (int) centres[unit] + "," + (int) centres[8 + unit] + ",";
      assertThat(rows).as("%s", row).anyMatch(line -> line.startsWith(row));
    }
    assertThat(report("radial").model().engine()).isEqualTo("step");

    Ended many = bench.train("--set", "model.layers=[{type: rbf, units: 99}]");
    assertThat(many.code()).isEqualTo(78);
    assertThat(many.err()).contains("at most as many units as there are training rows");
  }

  @Test
  void saysWhichLayersThereAre() {
    Ended unknown = bench.train("--set", "model.freeze=[first]");
    assertThat(unknown.code()).isEqualTo(78);
    assertThat(unknown.err())
        .contains("model.freeze: must be hidden, or names of layers, of [0, 1, 2], got first");
    Ended all = bench.train("--set", "model.freeze=[0, 1, 2]");
    assertThat(all.code()).isEqualTo(78);
    assertThat(all.err()).contains("must leave a layer with parameters to train");
    Ended head = bench.train("--set", "model.replaceHead=true");
    assertThat(head.code()).isEqualTo(78);
    assertThat(head.err()).contains("model.replaceHead: must not be set unless model.zip is");
  }

  private float[] weights(String run, String key) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(
            bench.path("runs/" + run + "/model.zip").toFile())
        .getParam(key)
        .dup('c')
        .data()
        .asFloat();
  }

  private RunReport report(String run) {
    return RunReport.fromJson(Workbench.text(bench.path("runs/" + run + "/result.json")));
  }
}
