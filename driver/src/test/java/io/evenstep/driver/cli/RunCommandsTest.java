package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.run.PredictRequest;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.model.engine.EngineChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandsTest {
  @TempDir private Path run;
  private final Shell shell = new Shell();

  @BeforeAll
  static void leaveSparkToTheCommands() {
    SparkTest.stop();
  }

  @BeforeEach
  void writeRun() throws IOException {
    String yaml = "data: {format: csv, path: x.csv, header: false}\nmodel: {name: mlp}\n";
    JobConfig job = JobConfig.parse(yaml, "job.yaml", "/jobs", Overrides.NONE);
    Files.writeString(run.resolve("config.json"), job.toJson());
  }

  @Test
  void evaluatesTheRunsOwnJobUnderOverrides() {
    List<Object> seen = new ArrayList<>();
    shell.evaluate(
        (folder, job, bad, spark, progress) -> {
          seen.add(folder.toString());
          seen.add(job.data().sources().test().orElseThrow().paths());
          return Map.of("test.accuracy", 0.5);
        });

    int code =
        shell.run(
            "evaluate", run.toString(), "--master", "local[1]", "--set", "data.test.path=/t.csv");

    assertThat(code).as(shell.err()).isZero();
    assertThat(seen).containsExactly(run.toString(), List.of("/t.csv"));
    assertThat(shell.out()).isEqualTo("  test.accuracy    0.5000\n");
  }

  @Test
  void predictsRowsReadAsTheTrainingRowsWere() {
    List<PredictRequest> seen = new ArrayList<>();
    shell.predict(
        (request, spark, progress) -> {
          seen.add(request);
          return new PredictedRows(1_797, 0, 0);
        });

    int code =
        shell.run(
            "predict",
            run.toString(),
            "--input",
            "in.csv",
            "--output",
            "out",
            "--format",
            "csv",
            "--master",
            "local[1]");

    assertThat(code).as(shell.err()).isZero();
    SourceSpec input = seen.get(0).input();
    assertThat(input.paths()).containsExactly("in.csv");
    assertThat(input.header()).isFalse();
    assertThat(seen.get(0).output()).isEqualTo("out");
    assertThat(seen.get(0).format()).isEqualTo(PredictRequest.Format.CSV);
    assertThat(shell.out()).isEqualTo("Predicted 1,797 rows: out\n");
  }

  @Test
  void predictsWithTheEngineThatTheRunAskedFor() throws IOException {
    String yaml = "data: {format: csv, path: x.csv}\nmodel: {name: mlp}\ntraining.engine: dl4j\n";
    JobConfig job = JobConfig.parse(yaml, "job.yaml", "/jobs", Overrides.NONE);
    Files.writeString(run.resolve("config.json"), job.toJson());
    List<EngineChoice> seen = new ArrayList<>();
    shell.predict(
        (request, spark, progress) -> {
          seen.add(request.engine());
          return new PredictedRows(0, 0, 0);
        });

    int code =
        shell.run(
            "predict", run.toString(), "--input", "i", "--output", "o", "--master", "local[1]");

    assertThat(code).as(shell.err()).isZero();
    assertThat(seen).containsExactly(EngineChoice.DL4J);
  }

  @Test
  void inspectsARunThatIsNotFinished() throws IOException {
    Files.createDirectory(run.resolve("checkpoints"));
    Files.writeString(run.resolve("checkpoints").resolve("step-10"), "12345");

    assertThat(shell.run("inspect", run.toString())).isZero();
    assertThat(shell.out())
        .startsWith(run + ": not finished\n  config SHA-256   ")
        .endsWith("  checkpoint       step-10, 5 bytes\n");
  }

  @Test
  void inspectsAFinishedRun() throws IOException {
    Files.writeString(run.resolve("result.json"), SampleReports.of(RunReport.DONE, "a").toJson());

    assertThat(shell.run("inspect", run.toString())).isZero();
    assertThat(shell.out())
        .startsWith("digits: done after 1,234 steps")
        .contains("  test.accuracy    0.9713\n", "  weights SHA-256  abc\n");
  }

  @Test
  void saysThatThereIsNoRun() {
    for (String command : List.of("inspect", "evaluate")) {
      Shell fresh = new Shell();
      String folder = run.resolve("no").toString();
      String[] args =
          command.equals("inspect")
              ? new String[] {command, folder}
              : new String[] {command, folder, "--master", "local[1]"};

      assertThat(fresh.run(args)).isEqualTo(78);
      assertThat(fresh.err())
          .isEqualTo("error: Cannot find a run in " + folder + ": it has no config.json\n");
    }
  }
}
