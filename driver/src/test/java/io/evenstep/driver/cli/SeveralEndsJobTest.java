package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job with two inputs and two outputs: a class and numbers. */
class SeveralEndsJobTest {
  private static final String DATA =
      """
      name: small
      data:
        format: csv
        path: rows.csv
        inputs:
          - {name: place, features: [x, y]}
          - {name: kind, features: [{column: colour, type: categorical}], shape: [3]}
        outputs:
          - {name: side, label: label}
          - {name: far, label: [x, sum], task: regression}
        validation: {fraction: 0.25}
        test: {fraction: 0.25}
      """;
  private static final String REST =
      """
      model:
        layers:
          - {type: dense, units: 6, from: place, id: a}
          - {type: dense, units: 6, from: kind}
          - {type: dense, units: 8, from: [a, layer1], dropout: 0.2, output: side}
          - {type: dense, units: 4, from: [a, layer1], combine: add}
      training: {batch: 16, epochs: 3, workers: 1, shards: 4, stopping: {metric: far.mse, patience: 2}}
      gate: {metric: test.side.accuracy, atLeast: 0.1}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    bench.write("rows.csv", rows());
    bench.job(DATA.replace("[x, sum]", "[z, sum]") + REST);
  }

  private static String rows() {
    String[] colours = {"red", "green", "blue"};
    StringBuilder rows = new StringBuilder("x,y,z,sum,colour,label\n");
    for (int i = 0; i < 128; i++) {
      int x = i % 2 == 0 ? -1 - i % 7 : 1 + i % 5;
      int y = i % 11;
      rows.append(
          "%d,%d,%d,%d,%s,%s\n"
              .formatted(x, y, x - y, x + y, colours[i % 3], i % 2 == 0 ? "left" : "right"));
    }
    return rows.toString();
  }

  @Test
  void trainsToTheSameBitsForAnyNumberOfWorkersAndTellsEachOutputsMetrics() {
    bench.train().well();
    RunReport one = bench.report();
    bench.train("--run-id", "two", "--set", "training.workers=2").well();
    RunReport two = RunReport.fromJson(Workbench.text(bench.path("runs/two/result.json")));

    assertThat(two.model().parametersSha256()).isEqualTo(one.model().parametersSha256());
    assertThat(two.metrics()).isEqualTo(one.metrics());
    assertThat(one.metrics())
        .containsKeys("test.loss", "test.side.accuracy", "test.side.auc", "test.far.mse")
        .containsKeys("train.loss", "validation.far.r2")
        .doesNotContainKeys("test.accuracy", "test.side.loss", "test.far.accuracy");
    assertThat(one.metrics().get("test.loss"))
        .isEqualTo(one.metrics().get("test.side.logLoss") + one.metrics().get("test.far.mse"));
  }

  @Test
  void evaluatesAndPredictsFromTheRunsFolder() throws IOException {
    bench.train().well();
    Path run = bench.path("elsewhere/model");
    bench.keepNothingButTheRun(run);
    Path rows = bench.write("new/rows.csv", rows());

    Ended evaluated =
        bench.type("evaluate", run.toString(), "--set", "data.test.path=" + rows).well();
    bench
        .type(
            "predict",
            run.toString(),
            "--input",
            rows.toString(),
            "--output",
            folder + "/out",
            "--format",
            "csv")
        .well();

    assertThat(evaluated.out()).contains("test.side.accuracy", "test.far.mse");
    Dataset<Row> written = SparkTest.session().read().option("header", true).csv(folder + "/out");
    assertThat(written.columns())
        .containsExactly(
            "x",
            "y",
            "z",
            "sum",
            "colour",
            "label",
            "prediction_side",
            "probability_side_left",
            "probability_side_right",
            "prediction_far_0",
            "prediction_far_1");
    assertThat(written.collectAsList())
        .hasSize(128)
        .allSatisfy(
            row -> {
              double left = Double.parseDouble(row.getAs("probability_side_left"));
              assertThat(row.<String>getAs("prediction_side"))
                  .isEqualTo(left > 0.5 ? "left" : "right");
            });
  }

  @Test
  void trainsAGraphOfDl4j() throws IOException {
    bench.train().well();
    try (ZipFile zip = new ZipFile(bench.run("model.zip").toFile())) {
      Files.write(
          bench.path("graph.json"),
          zip.getInputStream(zip.getEntry("configuration.json")).readAllBytes());
    }
    bench.job(
        DATA.replace("[x, sum]", "[z, sum]")
            + "model: {json: graph.json}\ntraining: {batch: 16, epochs: 1, shards: 4}\n");

    bench.train("--run-id", "graph").well();

    RunReport graph = RunReport.fromJson(Workbench.text(bench.path("runs/graph/result.json")));
    assertThat(graph.metrics()).containsKeys("test.side.accuracy", "test.far.mse");
  }

  @Test
  void namesWhatDoesNotFit() {
    String data = DATA.replace("[x, sum]", "[z, sum]");
    refused(
        data.replace("name: kind", "name: side") + REST, "data.outputs: must have unique names");
    refused(
        data.replace("shape: [3]", "shape: [4]") + REST,
        "data.inputs[1].shape: must have room for the 3 numbers of the features, got [4]");
    refused(
        data.replace("label: label", "label: [label, colour]") + REST,
        "data.outputs[0].label: must be a single column if a label is a class");
    refused(
        data.replace("  inputs:", "  features: [x]\n  inputs:") + REST,
        "data.features: must not be set together with data.inputs");
    refused(
        data + REST.replace("metric: far.mse", "metric: far.accuracy"),
        "training.stopping.metric: must be a metric of data.task regression");
    refused(
        data + REST.replace("test.side.accuracy", "test.accuracy"),
        "gate.metric: must be loss, or a metric after one of [side, far] and a dot");
    refused(data.replace("name: place, ", "") + REST, "data.inputs[0].name: must be given");
    refused(
        data + REST.replace("from: kind", "from: sort"),
        "model.layers[1].from: must name inputs or earlier layers, from [place, kind, a], got"
            + " sort");
  }

  private void refused(String job, String message) {
    bench.job(job);
    Ended ended = bench.train();
    assertThat(ended.code()).as(ended.err()).isEqualTo(78);
    assertThat(ended.err()).contains(message);
  }
}
