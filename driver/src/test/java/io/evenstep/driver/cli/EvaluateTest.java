package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluating other rows needs only these rows and the run's folder. */
class EvaluateTest {
  @TempDir private Path folder;
  private Workbench bench;
  private Path run;

  @BeforeEach
  void trainAndMove() throws IOException {
    bench = Workbench.in(folder);
    bench.job(Workbench.JOB.replace("path: rows.csv,", "path: rows.csv, normalize: standard,"));
    bench.train("--set", "training.epochs=3").well();
    run = bench.path("elsewhere/model");
    bench.keepNothingButTheRun(run);
  }

  @Test
  void measuresTheRowsThatPredictPredicts() {
    Path rows = bench.write("new/rows.csv", Workbench.rows(40) + "-9,1,right\n5,1,right\n");
    String out = folder + "/out";
    bench.type("predict", run.toString(), "--input", rows.toString(), "--output", out).well();
    List<Row> predicted = SparkTest.session().read().parquet(out).collectAsList();
    double right =
        predicted.stream()
            .filter(row -> row.getAs("label").equals(row.getAs("prediction")))
            .count();

    Ended ended = evaluate("data.test.path=" + rows).well();

    assertThat(right).isBetween(1.0, 41.0);
    assertThat(ended.out())
        .contains(String.format(Locale.ROOT, "  test.accuracy    %.4f\n", right / 42))
        .contains("  test.loss ")
        .doesNotContain("validation.");
    assertThat(ended.err())
        .startsWith("Evaluating " + run + " on the test rows of " + rows)
        .contains("Confusion");
    assertThat(bench.path("runs")).doesNotExist();
  }

  @Test
  void takesWhatPredictWroteAsCsv() throws IOException {
    String note = "\"say \"\"x, y\"\" \\\"";
    Path rows =
        bench.write("new/rows.csv", "x,y,label,note\n-9,1,left," + note + "\n5,1,right, b \n");
    String out = folder + "/out";
    bench
        .type(
            "predict",
            run.toString(),
            "--input",
            rows.toString(),
            "--output",
            out,
            "--format",
            "csv")
        .well();

    Ended ended = evaluate("data.test.path=" + out).well();

    assertThat(ended.out()).contains("  test.accuracy ");
    try (Stream<Path> files = Files.list(Path.of(out))) {
      Path csv = files.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow();
      assertThat(Files.readAllLines(csv).get(1)).startsWith("-9,1,left," + note + ",left,");
      assertThat(Files.readAllLines(csv).get(2)).startsWith("5,1,right, b ,right,");
    }
  }

  @Test
  void refusesAClassThatTrainingNeverSaw() {
    Path rows = bench.write("new/rows.csv", "x,y,label\n1,2,left\n3,4,up\n");

    evaluate("data.validation.path=" + rows)
        .failed(
            65,
            "Invalid data in "
                + rows
                + ", row 2, column label: must be one of [left, right], got up");
  }

  private Ended evaluate(String rows) {
    return bench.type("evaluate", run.toString(), "--set", rows);
  }
}
