package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows to predict, some of which cannot be scored. */
class BadRowsPredictTest {
  private static final String JOB =
      """
      name: small
      data:
        format: csv
        path: rows.csv
        label: label
        features: [{column: x, type: numeric}, {column: c, type: categorical}]
      model: {name: logistic}
      training: {batch: 16, epochs: 1, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void train() {
    bench = Workbench.in(folder).job(JOB);
    StringBuilder rows = new StringBuilder("x,c,label\n");
    for (int i = 0; i < 64; i++) {
      rows.append(i % 9).append(i % 2 == 0 ? ",blue,left\n" : ",red,right\n");
    }
    bench.write("rows.csv", rows.toString());
    bench.train().well();
    bench.write("new.csv", "id,x,c\na,1,blue\nb,much,red\nc,2,pink\nd,,red\ne,3\nf,4,red\n");
  }

  private Ended predict(String... more) {
    List<String> line = new ArrayList<>(List.of("predict", bench.path("runs/small").toString()));
    line.addAll(List.of("--input", bench.path("new.csv").toString()));
    line.addAll(List.of("--output", bench.path("out").toString()));
    line.addAll(List.of(more));
    return bench.type(line.toArray(String[]::new));
  }

  private Dataset<Row> written() {
    return SparkTest.session().read().parquet(bench.path("out").toString());
  }

  @Test
  void flaggedRowsComeOutWithTheReasonAndInOrder() {
    Ended ended = predict("--bad-rows", "flag").well();

    assertThat(ended.out())
        .isEqualTo("Predicted 2 rows: " + bench.path("out") + "\nFlagged 4 bad rows\n");
    assertThat(written().columns())
        .containsExactly("id", "x", "c", "prediction", "probability", "problem");
    List<Row> rows = written().collectAsList();
    assertThat(rows).extracting(row -> row.getString(0)).startsWith("a", "b", "c", "d");
    assertThat(rows).hasSize(6);
    assertThat(rows.get(0).isNullAt(5)).isTrue();
    assertThat(rows.get(0).getString(3)).isIn("left", "right");
    assertThat(rows.get(1).isNullAt(3)).isTrue();
    assertThat(rows.get(1).getString(5)).isEqualTo("column x: must be a number, got much");
    assertThat(rows.get(2).getString(5))
        .isEqualTo("column c: must be one of [blue, red], got pink");
    assertThat(rows.get(3).getString(5)).startsWith("column x: must not be missing");
    assertThat(rows.get(4).getString(5)).as("too few fields").isNotEmpty();
    assertThat(rows.get(5).getString(3)).isIn("left", "right");
  }

  @Test
  void evaluateLeavesBadRowsOutAndSaysWhy() {
    bench.write(
        "labelled.csv",
        "x,c,label\n1,blue,left\nmuch,red,right\n2,pink,left\n3,red\n4,red,right\n");
    String run = bench.path("runs/small").toString();
    String rows = "data.test.path=" + bench.path("labelled.csv");
    Ended refused = bench.type("evaluate", run, "--set", rows);
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.err()).contains("row 2, column x: must be a number, got much");

    Ended flagged = bench.type("evaluate", run, "--set", rows, "--bad-rows", "flag").well();
    assertThat(flagged.err())
        .contains(
            "Left out 3 rows that cannot be evaluated",
            "labelled.csv: column x: must be a number, got much",
            "labelled.csv: column c: must be one of [blue, red], got pink");
    Ended skipped = bench.type("evaluate", run, "--set", rows, "--bad-rows", "skip").well();
    assertThat(skipped.err())
        .contains("Left out 3 rows that cannot be evaluated")
        .doesNotContain("got much");
    assertThat(skipped.out()).isEqualTo(flagged.out()).contains("test.accuracy");
  }

  @Test
  void skippedRowsAreCounted() {
    Ended ended = predict("--bad-rows", "skip", "--set", "data.missing=drop").well();

    assertThat(ended.out())
        .isEqualTo(
            "Predicted 2 rows: "
                + bench.path("out")
                + "\nLeft out 1 rows with missing values\nLeft out 3 bad rows\n");
    assertThat(written().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("a", "f");
  }

  @Test
  void whatTheJobAllowsIsNotBad() {
    String[] lenient = {"--set", "data.missing=fill", "--set", "data.unseen=ignore"};
    List<String> line = new ArrayList<>(List.of(lenient));
    line.addAll(List.of("--bad-rows", "flag"));

    Ended ended = predict(line.toArray(String[]::new)).well();

    assertThat(ended.out()).startsWith("Predicted 4 rows").endsWith("Flagged 2 bad rows\n");
  }

  @Test
  void refusesAllWithoutTheOption() {
    predict().failedBySayingWhy(65, "row 2, column x: must be a number, got much");
    assertThat(bench.path("out")).doesNotExist();
  }

  @Test
  void aFileOfBadRowsAloneIsFlaggedToo() {
    bench.write("new.csv", "id,x,c\nb,much,red\n");

    assertThat(predict("--bad-rows", "flag").well().out()).startsWith("Predicted 0 rows");
    assertThat(written().count()).isEqualTo(1);
  }

  @Test
  void writesJsonLinesWithAllColumns() {
    predict("--bad-rows", "flag", "--format", "json").well();

    List<String> lines =
        SparkTest.session().read().textFile(bench.path("out").toString()).collectAsList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).startsWith("{\"id\":\"a\"").endsWith("\"problem\":null}");
    assertThat(lines.get(1)).contains("\"prediction\":null").contains("got much");
  }
}
