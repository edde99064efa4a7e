package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicting needs only the run's folder, nothing else from training. */
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
  void tablesWithoutTheJarOfTheirFormat() throws IOException {
    trainAndMove();

    for (String format : List.of("delta", "iceberg")) {
      predict(rows, format)
          .failedBySayingWhy(
              78,
              "Invalid --format: must be csv, json or parquet, or a format with its jar on the class"
                  + " path; "
                  + format
                  + " needs a jar that Spark does not bring: add --conf spark.jars.packages=");
    }
    assertThat(bench.path("out")).doesNotExist();
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
  void imagesWithTheNameOfTheirFile() throws IOException {
    for (int i = 0; i < 16; i++) {
      byte[] image = SampleFiles.image("png", BufferedImage.TYPE_INT_RGB, 4, 6, 0x010305 * i);
      bench.write("pets/" + (i % 2 == 0 ? "cat/" : "dog/") + i + ".png", image);
    }
    bench.job(
        """
        data: {format: images, path: pets, normalize: scale}
        model: {name: logistic}
        training: {batch: 8, epochs: 1, shards: 2}
        """);
    trainAndMove();
    byte[] image = SampleFiles.image("png", BufferedImage.TYPE_INT_RGB, 4, 6, 0x010305);
    Path plain = bench.write("photos/1.png", image);
    Path spaced = bench.write("photos/my dog.png", image);

    predict(bench.path("photos"), "csv").well();

    Dataset<Row> written =
        SparkTest.session().read().option("header", true).csv(folder + "/out").orderBy("file");
    assertThat(written.columns())
        .containsExactly("file", "label", "prediction", "probability_cat", "probability_dog");
    assertThat(written.collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(plain.toString(), spaced.toString());
    predict(bench.path("photos"), "parquet", "/again").well();
    assertThat(SparkTest.session().read().parquet(folder + "/again").columns())
        .startsWith("file", "image", "label", "prediction");
  }

  /** Predictions are rows like any others, except for the columns that exist already. */
  @Test
  void rowsThatArePredictionsAlreadyAreRefusedByNameAndEvaluated() throws IOException {
    trainAndMove();
    predict(rows, "parquet").well();
    Path again =
        bench.write("again/rows.csv", "x,y,label,Prediction\n-3,4,left,0.5\n5,6,right,1\n");
    Path wide = bench.write("wide/rows.csv", "x,y,probability_left\n-3,4,0.5\n");

    predict(again, "csv", "/two").failed(65, taken("prediction"));
    predict(again, "parquet", "/two").failed(65, taken("prediction"));
    predict(wide, "csv", "/two").failed(65, taken("probability_left"));
    assertThat(bench.path("two")).doesNotExist();
    predict(wide, "parquet", "/three").well();
    Ended evaluated =
        bench.type("evaluate", run.toString(), "--set", "data.test.path=" + again).well();
    assertThat(evaluated.out()).contains("test.accuracy");
  }

  private static String taken(String column) {
    return "Cannot predict: the rows have a column "
        + column
        + " already, and predict adds one of that name; rename it or drop it from the rows";
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
    predict(rows, "csv").failed(78, "Invalid --output: must not exist yet, got " + folder + "/out");
  }

  private Ended predict(Path input, String format) {
    return predict(input, format, "/out");
  }

  private Ended predict(Path input, String format, String output) {
    return bench.type(
        "predict",
        run.toString(),
        "--input",
        input.toString(),
        "--output",
        folder + output,
        "--format",
        format);
  }

  /** Leaves nothing of the training except the run's folder, moved to another place. */
  private void trainAndMove() throws IOException {
    bench.train().well();
    bench.keepNothingButTheRun(run);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }
}
