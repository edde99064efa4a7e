package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.cluster.Python;
import io.evenstep.driver.track.MlflowServerFixture;
import io.evenstep.driver.track.PythonVenv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trackers record about a run. */
@Tag("slow")
class TrackedRunTest {
  private static final String[] LONGER = {
    "--set", "training.epochs=3", "--set", "data.validation.fraction=0.2"
  };

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  @Test
  void tensorBoardReadsTheFiguresOfTheRun() throws IOException {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    bench.train(LONGER).well();

    JsonNode read = scalars();

    List<String> history = Files.readAllLines(bench.run("history.csv"));
    List<String> names = List.of(history.get(0).split(","));
    assertThat(read.path("validation/accuracy")).hasSize(3);
    for (int epoch = 1; epoch <= 3; epoch++) {
      String value = history.get(epoch).split(",")[names.indexOf("validation.accuracy")];
      assertThat((float) read.path("validation/accuracy").get(epoch - 1).get(1).asDouble())
          .isEqualTo(Float.parseFloat(value));
    }
    assertThat(read.path("train/loss")).hasSize((int) bench.report().work().steps());
    assertThat((float) read.path("test/loss").get(0).get(1).asDouble())
        .isEqualTo(bench.report().metrics().get("test.loss").floatValue());
    assertThat(read.has("optimizer/learningRate")).isTrue();
    assertThat(read.has("updateRatio/0")).isTrue();
    requireMoreThanScalars(read);
  }

  private void requireMoreThanScalars(JsonNode read) {
    long steps = bench.report().work().steps();
    JsonNode weights = read.path("histograms").path("weights/0");
    JsonNode last = weights.get(weights.size() - 1);
    assertThat(last.get(0).asLong()).isEqualTo(steps);
    assertThat(last.get(1).asDouble()).isLessThan(last.get(2).asDouble());
    assertThat(last.get(3).asLong()).as("2 columns, 2 classes, 2 biases").isEqualTo(6);
    JsonNode confusion = read.path("images").path("test/confusion").get(0);
    assertThat(confusion.get(0).asLong()).isEqualTo(steps);
    assertThat(confusion.get(1).asInt()).isGreaterThan(400);
    assertThat(read.path("hparams").path("training.epochs").asInt()).isEqualTo(3);
    assertThat(read.path("hparams").path("model.name").asText()).isEqualTo("logistic");
    assertThat(read.path("ended").asInt()).as("STATUS_SUCCESS").isEqualTo(1);
  }

  @Test
  void turnedOffTheyLeaveNoTrace() {
    String[] off = {"report.tensorboard=false", "tracking.mlflow.uri=none"};
    Ended ended = bench.train("--set", off[0], "--set", off[1]).well();

    assertThat(bench.run("tensorboard")).doesNotExist();
    assertThat(bench.run("mlflow.txt")).doesNotExist();
    assertThat(ended.log() + ended.err()).doesNotContainIgnoringCase("mlflow");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("evenstep-Mlflow", "evenstep-TensorBoard");
  }

  @Test
  void mlflowKeepsParamsMetricsAndArtifactsAndGoesOnWithAResumedRun() throws Exception {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    try (MlflowServerFixture server = MlflowServerFixture.start(folder)) {
      String uri = "tracking.mlflow.uri=" + server.uri();
      String[] tracked = {"--set", uri, LONGER[0], LONGER[1], LONGER[2], LONGER[3]};
      bench.train(tracked).well();
      String id = Workbench.text(bench.run("mlflow.txt")).strip();

      JsonNode run = json(server.get("/api/2.0/mlflow/runs/get?run_id=" + id)).path("run");
      assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
      assertThat(run.path("info").path("run_name").asText()).isEqualTo("small");
      assertThat(value(run.path("data").path("params"), "training.epochs")).isEqualTo("3");
      double loss = Double.parseDouble(value(run.path("data").path("metrics"), "test.loss"));
      assertThat(loss).isEqualTo(bench.report().metrics().get("test.loss"));
      String history =
          "/api/2.0/mlflow/metrics/get-history?max_results=1000&run_id=" + id + "&metric_key=";
      assertThat(json(server.get(history + "train.step.loss")).path("metrics"))
          .hasSize((int) bench.report().work().steps());
      JsonNode files =
          json(server.get("/api/2.0/mlflow/artifacts/list?run_id=" + id)).path("files");
      assertThat(files)
          .extracting(file -> file.path("path").asText())
          .contains("model.zip", "report.html", "config.json", "result.json");

      Files.delete(bench.run("result.json"));
      bench.train(tracked).well();
      assertThat(Workbench.text(bench.run("mlflow.txt")).strip()).isEqualTo(id);
      assertThat(json(server.get(history + "test.loss")).path("metrics")).hasSize(2);
    }
  }

  @Test
  void aServerThatIsAwayDoesNoHarm() {
    Ended ended = bench.train("--set", "tracking.mlflow.uri=http://127.0.0.1:9").well();

    assertThat(bench.report().status()).isEqualTo("done");
    assertThat(ended.log()).containsOnlyOnce("Cannot reach MLflow at http://127.0.0.1:9");
    assertThat(bench.run("mlflow.txt")).doesNotExist();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static String value(JsonNode pairs, String key) {
    for (JsonNode pair : pairs) {
      if (pair.path("key").asText().equals(key)) {
        return pair.path("value").asText();
      }
    }
    throw new AssertionError("no " + key + " among " + pairs);
  }

  private JsonNode scalars() throws IOException {
    String output =
        PythonVenv.of("tensorboard")
            .run("tensorboard/scalars.py", bench.run("tensorboard").toString());
    return new ObjectMapper().readTree(output.lines().reduce((a, b) -> b).orElse(""));
  }
}
