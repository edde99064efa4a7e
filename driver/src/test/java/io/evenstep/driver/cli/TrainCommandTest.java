package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainCommandTest {
  @TempDir private Path folder;
  private final Shell shell = new Shell();
  private String job = "";

  @BeforeAll
  static void leaveSparkToTheCommands() {
    SparkTest.stop();
  }

  @BeforeEach
  void writeJob() throws IOException {
    Path file = folder.resolve("digits.yaml");
    Files.writeString(
        file,
        """
        name: digits
        data: {format: csv, path: x.csv, test: {fraction: 0.2}}
        model: {name: mlp}
        gate: {metric: test.accuracy, atLeast: 0.99}
        """);
    job = file.toString();
  }

  @Test
  void trainsAndTellsWhatCameOfIt() {
    List<Object> seen = new ArrayList<>();
    shell.train(
        (config, options, spark, progress) -> {
          progress.say("Packed 10 rows");
          seen.add(options.runId());
          seen.add(options.resume());
          seen.add(config.training().batches().rows());
          seen.add(spark.sparkContext().master());
          seen.add(spark.sparkContext().appName());
          seen.add(spark.conf().get("spark.executorEnv.OMP_NUM_THREADS"));
          seen.add(spark.sparkContext().uiWebUrl().isEmpty());
          return SampleReports.of(RunReport.DONE, options.runId());
        });

    int code = shell.run("train", job, "--master", "local[1]", "--set", "training.batch=32");

    assertThat(code).as(shell.err()).isZero();
    assertThat(seen)
        .containsExactly(
            "digits-20261121-100130", Resume.AUTO, 32, "local[1]", "digits", "1", true);
    assertThat(shell.err()).isEqualTo("Packed 10 rows\n");
    assertThat(shell.out())
        .isEqualTo(
            """
            digits: done after 1,234 steps in 30 epochs, 2 workers, 6.8 s of training
              test.accuracy    0.9713
              test.loss        0.1000
              examples/s       23,400
              model            runs/digits-20261121-100130/model.zip
              result           runs/digits-20261121-100130/result.json
              report           runs/digits-20261121-100130/report.html
            Next:
              evenstep predict runs/digits-20261121-100130 --input FILE --output FOLDER
              evenstep evaluate runs/digits-20261121-100130
              evenstep runs runs
            """);
  }

  @Test
  void handsOnRunIdAndResume() {
    List<Object> seen = new ArrayList<>();
    shell.train(
        (config, options, spark, progress) -> {
          seen.addAll(List.of(options.runId(), options.resume()));
          return SampleReports.of(RunReport.DONE, options.runId());
        });

    assertThat(
            shell.run("train", job, "--run-id", "a-1", "--resume", "must", "--master", "local[1]"))
        .isZero();
    assertThat(seen).containsExactly("a-1", Resume.MUST);
  }

  @Test
  void exitsWith79WhenTheGateIsNotMet() {
    shell.train((config, options, spark, p) -> SampleReports.of(RunReport.GATE_NOT_MET, "a"));

    assertThat(shell.run("train", job, "--master", "local[1]")).isEqualTo(79);
    assertThat(shell.err())
        .isEqualTo(
            "error: Quality gate not met: must have test.accuracy at least 0.99, got 0.97125\n");
    assertThat(shell.out()).contains("model");
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new DataException("Cannot read x.csv: row 3"), 65, "Cannot read x.csv: row 3"),
        Arguments.of(
            new IllegalStateException("stage", new DataException("Cannot read y.csv")),
            65,
            "Cannot read y.csv"),
        Arguments.of(
            new ConfigException("training.workers", "must be at most 2", 4),
            78,
            "Invalid training.workers: must be at most 2, got 4"),
        Arguments.of(new DivergedException("Loss is NaN at step 3"), 79, "Loss is NaN at step 3"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void exitsAsTheFailureSaysWithoutAStackTrace(RuntimeException failure, int code, String words) {
    shell.train(failing(failure));

    assertThat(shell.run("train", job, "--master", "local[1]")).isEqualTo(code);
    assertThat(shell.err()).isEqualTo("error: " + words + "\n");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void saysHowToGoOnAfterATemporaryFailure() {
    shell.train(failing(new TemporaryException("Lost rank 1", new IOException("reset"))));

    assertThat(shell.run("train", job, "--run-id", "a", "--master", "local[1]")).isEqualTo(75);
    assertThat(shell.err())
        .isEqualTo(
            """
            error: Lost rank 1
            To resume the run, repeat the command with the same --run-id.
            """);
  }

  @Test
  void showsAStackTraceForABugAlone() {
    shell.train(failing(new IllegalStateException("surprise")));

    assertThat(shell.run("train", job, "--master", "local[1]")).isEqualTo(70);
    assertThat(shell.err())
        .startsWith("error: Cannot continue because of a bug in Evenstep; please report it:")
        .contains("java.lang.IllegalStateException: surprise", "\tat io.evenstep");
  }

  @Test
  void exitsWith70AfterAnError() {
    shell.train(
        (config, options, spark, progress) -> {
          throw new NoClassDefFoundError("no/such/Class");
        });

    assertThat(shell.run("train", job, "--master", "local[1]")).isEqualTo(70);
    assertThat(shell.err()).contains("NoClassDefFoundError: no/such/Class");
  }

  @Test
  void printsEveryProblemOfAJobOnALineOfItsOwn() {
    int code = shell.run("train", job, "--set", "training.bach=3", "--set", "training.epochs=0");

    assertThat(code).isEqualTo(78);
    assertThat(shell.err())
        .isEqualTo(
            """
            error: Invalid training.bach: must be a known key; did you mean training.batch?, got 3
            error: Invalid training.epochs: must be at least 1, got 0
            """);
  }

  @Test
  void exitsWith78WhenTheJobFileIsNotThere() {
    assertThat(shell.run("train", "no.yaml")).isEqualTo(78);
    assertThat(shell.err())
        .isEqualTo("error: Cannot read job file no.yaml: there is no such file\n");
  }

  @Test
  void refusesDynamicAllocation() {
    int code = shell.run("train", job, "--conf", "spark.dynamicAllocation.enabled=true");

    assertThat(code).isEqualTo(78);
    assertThat(shell.err())
        .isEqualTo(
            "error: Invalid spark.dynamicAllocation.enabled: must be false, because all workers of"
                + " a run train at the same time, got true\n");
  }

  @Test
  void printsTheJobAndTrainsNothing() {
    shell.train(failing(new IllegalStateException("trained")));

    int code =
        shell.run(
            "train",
            job,
            "--print-config",
            "--conf",
            "spark.evenstep.training.batch=16",
            "--set",
            "seed=5");

    assertThat(code).isZero();
    assertThat(shell.out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "seed: 5 # --set",
            "training.batch: 16 # spark.evenstep.training.batch",
            "gate.atLeast: 0.99 # " + job + ":4",
            "training.epochs: 10 # default");
  }

  private static JobRunners.Train failing(RuntimeException failure) {
    return (config, options, spark, progress) -> {
      throw failure;
    };
  }
}
