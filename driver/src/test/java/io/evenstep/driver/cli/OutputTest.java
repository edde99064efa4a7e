package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a run leaves behind, and no others. */
class OutputTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void resultHasTheseFieldsAndNoOthers() throws IOException {
    Ended ended = bench.train("--set", "data.validation.fraction=0.1").well();
    assertThat(ended.err())
        .containsPattern(
            "Epoch 1: loss [0-9.]+, validation accuracy [0-9.]+, validation loss [0-9.]+, best");

    JsonNode result = new ObjectMapper().readTree(bench.run("result.json").toFile());
    assertThat(result.fieldNames())
        .toIterable()
        .containsExactly(
            "status",
            "runId",
            "name",
            "workers",
            "shards",
            "epochs",
            "steps",
            "examples",
            "trainSeconds",
            "examplesPerSecond",
            "attempts",
            "stepsRedone",
            "parametersSha256",
            "bytesSentPerWorkerPerStep",
            "bytesLowerBoundPerWorkerPerStep",
            "hosts",
            "bytesSentPerHostPerStep",
            "bytesLowerBoundPerHostPerStep",
            "stepMilliseconds",
            "metrics",
            "model",
            "packReused",
            "configSha256",
            "engine",
            "dataSha256",
            "wire",
            "wireChoice",
            "sync",
            "syncReason",
            "precision",
            "decision");
    assertThat(result.get("status").asText()).isEqualTo("done");
    assertThat(result.get("workers").asInt()).isEqualTo(2);
    assertThat(result.get("attempts").asInt()).isEqualTo(1);
    assertThat(result.get("parametersSha256").asText()).matches("[0-9a-f]{64}");
    assertThat(result.get("configSha256").asText()).matches("[0-9a-f]{64}");
    assertThat(Path.of(result.get("model").asText())).isEqualTo(bench.run("model.zip"));
    assertThat(result.get("metrics").fieldNames())
        .toIterable()
        .contains(
            "train.loss", "validation.loss", "validation.accuracy", "test.loss", "test.accuracy");
  }

  @Test
  void runsFolderHoldsTheseFilesAndNothingIsLeftElsewhere() throws IOException {
    bench.train("--set", "training.epochs=2").well();

    assertThat(names("runs/small"))
        .containsExactly(
            "checkpoints",
            "config.json",
            "confusion.csv",
            "encoding.json",
            "history.csv",
            "model.zip",
            "report.html",
            "result.json",
            "rows.json",
            "steps.csv",
            "tensorboard");
    assertThat(Files.readString(bench.run("confusion.csv")))
        .startsWith("class,\"predicted left\",\"predicted right\",rows,precision,recall,f1\nleft,")
        .containsPattern("right,[0-9]+,[0-9]+,7,[01][.][0-9]{4},");
    assertThat(names("runs/small/checkpoints"))
        .containsExactly("step-000000000003.ckpt", "step-000000000006.ckpt");
    assertThat(names("runs")).containsExactly("packs", "small");
    assertThat(names("")).containsExactly("job.yaml", "rows.csv", "runs");
    assertThat(bench.leftovers()).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("evenstep-"));
  }

  @Test
  void gateThatIsNotMetExitsWith79AndStillWritesTheResult() {
    bench.job(Workbench.JOB + "gate: {metric: test.loss, atMost: 0.000001}\n");

    Ended ended = bench.train();

    RunReport report = bench.report();
    ended.failed(
        79,
        "Quality gate not met: must have test.loss at most 1.0E-6, got "
            + report.metrics().get("test.loss"));
    assertThat(report.status()).isEqualTo("gate-not-met");
    assertThat(bench.run("model.zip")).exists();
    assertThat(bench.train().code()).as("asked again").isEqualTo(79);
  }

  @Test
  void evaluateGivesTheMetricsTheRunEndedWith() {
    bench.write("rows.csv", Workbench.rows(64) + ",1,left\n2,,right\n");
    String[] settings = {
      "--set",
      "data.validation.fraction=0.2",
      "--set",
      "model.name=mlp",
      "--set",
      "data.missing=drop"
    };
    Ended trained = bench.train(settings).well();
    assertThat(trained.err()).contains("Packed ", "\nSkipped 2 rows with missing values\n");
    Ended evaluated = bench.type("evaluate", bench.path("runs/small").toString()).well();

    List<String> expected =
        bench.report().metrics().entrySet().stream()
            .filter(metric -> !metric.getKey().startsWith("train."))
            .map(metric -> "  %-16s %.4f".formatted(metric.getKey(), metric.getValue()))
            .toList();
    assertThat(evaluated.out().lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(bench.path(name))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }
}
