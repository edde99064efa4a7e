package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a command leaves out are counted, whatever the format. */
class LeftOutRowsTest {
  private static final String JOB =
      """
      name: small
      data:
        %s
        label: label
        features: [{column: x, type: numeric}, {column: y, type: numeric}]
        badRows: skip
        missing: drop
        missingLabel: drop
      model: {name: logistic}
      training: {batch: 16, epochs: 1, shards: 4}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet"})
  void areCountedByTrainAndPredict(String format) {
    Workbench bench = Workbench.in(folder);
    bench.write(
        "rows.csv",
        Workbench.rows(64) + "much,1,left\nmore,2,left\n,3,left\n,4,left\n,5,left\n4,5,\n");
    String data = format.equals("json") ? "format: spark\n  reader: json" : "format: " + format;
    String path = folder + "/rows." + format;
    if (!format.equals("csv")) {
      Dataset<Row> rows =
          SparkTest.session().read().option("header", true).csv(folder + "/rows.csv");
      rows.coalesce(1).write().format(format).save(path);
    }
    bench.job(JOB.formatted(data + "\n  path: " + path));

    assertThat(bench.train().well().err())
        .contains(
            "Packed 64 training, 0 validation and 0 test rows\n",
            "Skipped 4 rows with missing values\n",
            "Warning: Skipped 2 rows: Invalid data in " + path,
            ", row 65, column x: must be a number, got much; 1 more like it: more in row 66\n");
    assertThat(predict(bench, path, "skip"))
        .startsWith("Predicted 65 rows: ")
        .endsWith("\nLeft out 3 rows with missing values\nLeft out 2 bad rows\n");
    assertThat(predict(bench, path, "flag"))
        .startsWith("Predicted 65 rows: ")
        .endsWith("\nFlagged 3 rows with missing values\nFlagged 2 bad rows\n");
  }

  private String predict(Workbench bench, String input, String way) {
    List<String> line = new ArrayList<>(List.of("predict", bench.run("").toString()));
    line.addAll(List.of("--input", input, "--output", folder + "/" + way, "--bad-rows", way));
    return bench.type(line.toArray(String[]::new)).well().out();
  }
}
