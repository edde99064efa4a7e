package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicting needs the run's folder and nothing else of what it was trained with. */
class PredictTest {
  private static final String REGRESSION =
      """
      data: {format: csv, path: rows.csv, features: [x], label: y, task: regression}
      model: {name: mlp, hidden: [4]}
      training: {batch: 16, epochs: 1, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;
  private Path run;
  private Path rows;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    run = bench.path("elsewhere/model");
    rows = bench.write("new/rows.csv", "x,y,id\n-3,4,a\n5,6,b\n-1,0,c\n");
  }

  @Test
  void classesWithProbabilitiesAsParquet() throws IOException {
    trainAndMove();

    Ended ended = predict(rows, "parquet").well();

    assertThat(ended.out()).isEqualTo("Predicted 3 rows: " + folder + "/out\n");
    Dataset<Row> written = SparkTest.session().read().parquet(folder + "/out").orderBy("id");
    assertThat(written.columns()).containsExactly("x", "y", "id", "prediction", "probability");
    for (Row row : written.collectAsList()) {
      List<Double> probability = row.getList(4);
      String likelier = probability.get(0) > probability.get(1) ? "left" : "right";
      assertThat(row.getString(3)).isEqualTo(likelier);
      assertThat(probability.get(0) + probability.get(1)).isCloseTo(1, within());
    }
    assertThat(bench.leftovers()).isEmpty();
  }

  @Test
  void classesWithProbabilitiesAsCsv() throws IOException {
    trainAndMove();

    predict(rows, "csv").well();

    Dataset<Row> written =
        SparkTest.session().read().option("header", true).csv(folder + "/out").orderBy("id");
    assertThat(written.columns())
        .containsExactly("x", "y", "id", "prediction", "probability_left", "probability_right");
    assertThat(written.collectAsList())
        .extracting(row -> row.getString(2))
        .containsExactly("a", "b", "c");
    assertThat(written.collectAsList())
        .allSatisfy(row -> assertThat(row.getString(3)).isIn("left", "right"));
  }

  @Test
  void numbersOfARegression() throws IOException {
    bench.job(REGRESSION);
    trainAndMove();

    predict(rows, "csv").well();
    Dataset<Row> written = SparkTest.session().read().option("header", true).csv(folder + "/out");

    assertThat(written.columns()).containsExactly("x", "y", "id", "prediction");
    assertThat(written.collectAsList())
        .allSatisfy(row -> assertThat(Double.parseDouble(row.getString(3))).isFinite());
  }

  @Test
  void badRowsAndAnOutputThatIsThereAreRefused() throws IOException {
    trainAndMove();
    Path bad = bench.write("bad/rows.csv", "x,y\n1,2\n1,two\n");
    Path other = bench.write("other/rows.csv", "x,z\n1,2\n");

    predict(bad, "csv")
        .failed(65, "Invalid data in " + bad + ", row 2, column y: must be a number, got two");
    Ended columns = predict(other, "csv");
    assertThat(columns.code()).as(columns.err()).isEqualTo(65);
    assertThat(columns.withoutNoise().err()).contains(other.toString(), "[y]", "[x, z]");
    assertThat(bench.path("out")).doesNotExist();
    Files.createDirectory(bench.path("out"));
    predict(rows, "csv")
        .failed(78, "Invalid --output: must not be there yet, got " + folder + "/out");
  }

  private Ended predict(Path input, String format) {
    return bench.type(
        "predict",
        run.toString(),
        "--input",
        input.toString(),
        "--output",
        folder + "/out",
        "--format",
        format);
  }

  /** Leaves nothing of the training but the run's folder, and that in another place. */
  private void trainAndMove() throws IOException {
    bench.train().well();
    Files.createDirectories(run.getParent());
    Files.move(bench.path("runs/small"), run);
    try (Stream<Path> packs = Files.walk(bench.path("runs"))) {
      for (Path file : packs.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    Files.delete(bench.path("rows.csv"));
    Files.delete(bench.path("job.yaml"));
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }
}
