package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with each kind of network, and with each way to synchronize replicas. */
class ModelsJobTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void configurationOfDl4j() {
    Saved.json(bench.path("two.json"), 2, 2);
    trains("json: two.json");
  }

  @Test
  void graphOfDl4j() {
    Saved.graph(bench.path("graph.json"), 2, 2);
    trains("json: graph.json");
    bench.type("evaluate", bench.path("runs/small").toString()).well();
  }

  @Test
  void networkSavedByDl4j() {
    Saved.zip(bench.path("two.zip"), 2, 2);
    trains("zip: two.zip");
  }

  @Test
  void networkOfAnEarlierRun() {
    RunReport earlier = trains("name: logistic");
    bench.job(Workbench.JOB.replace("name: logistic", "zip: runs/small/model.zip"));

    Ended ended = bench.train("--run-id", "next", "--set", "training.epochs=2").well();

    assertThat(ended.err())
        .containsPattern(
            "(?m)^Reusing the pack of \\d+ training, 0 validation and \\d+ test rows$");
    RunReport next = RunReport.fromJson(Workbench.text(bench.path("runs/next/result.json")));
    assertThat(next.origin().packReused()).isTrue();
    assertThat(next.metrics().get("train.loss")).isLessThan(earlier.metrics().get("train.loss"));
  }

  @Test
  void networkOfAnEarlierRunOverOtherColumns() {
    trains("name: logistic");
    bench.job(Workbench.JOB.replace("name: logistic", "zip: runs/small/model.zip"));
    bench.write("rows.csv", Workbench.rows(64).replace("x,y,label", "x,z,label"));

    bench
        .train("--run-id", "next")
        .failed(
            65, "Invalid data for this model: input features columns must be [x, y], got [x, z]");
    assertThat(bench.path("runs/next/config.json")).doesNotExist();
  }

  @Test
  void kerasNetwork() throws IOException {
    try (InputStream keras = ModelsJobTest.class.getResourceAsStream("/keras/sequential.h5")) {
      bench.write("sequential.h5", keras.readAllBytes());
    }
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      rows.append("%d,%d,%d,%d,%d\n".formatted(i % 5, i % 7, i % 2, i % 4, i % 3));
    }
    bench.write("rows.csv", rows.toString());
    trains("keras: sequential.h5", "--set", "data.header=false");
  }

  @Test
  void averaging() {
    trains("name: mlp", "--set", "training.sync=averaging", "--set", "training.averaging.every=2");
  }

  @Test
  void sharing() {
    trains("name: mlp", "--set", "training.sync=sharing", "--set", "training.sharing.method=top-k");
  }

  @Test
  void regression() {
    bench.job(
        """
        data: {format: csv, path: rows.csv, features: [x], label: y, task: regression,
               normalize: standard, test: {fraction: 0.25}}
        model: {name: mlp, hidden: [4]}
        training: {batch: 16, epochs: 1, shards: 4}
        """);
    bench.train().well();

    assertThat(bench.report().metrics())
        .containsKeys("test.mse", "test.mae", "test.r2", "test.loss")
        .doesNotContainKey("test.accuracy");
  }

  private RunReport trains(String model, String... more) {
    bench.job(Workbench.JOB.replace("name: logistic", model));
    bench.train(more).well();
    assertThat(bench.report().metrics()).containsKeys("test.accuracy", "test.loss");
    return bench.report();
  }
}
