package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code predict --set data...} does. */
class PredictOverridesTest {
  private static final String JOB =
      """
      name: small
      data:
        format: csv
        path: rows.csv
        features: [x, {column: c, type: categorical}]
      model: {name: logistic}
      training: {batch: 16, epochs: 1, workers: 1, shards: 4}
      """;

  @TempDir private Path folder;

  @Test
  void takesUnseenAndMissingValuesAsTheyAreToBeTaken() {
    Workbench bench = Workbench.in(folder).job(JOB);
    StringBuilder rows = new StringBuilder("x,c,label\n");
    for (int i = 0; i < 1024; i++) {
      rows.append(i).append(',').append("k").append(i % 256).append(',').append(i % 2).append('\n');
    }
    bench.write("rows.csv", rows.toString());
    bench.train().well();
    bench.write("new.csv", "x,c\n1,k1\n2,zebra\n,k2\n");

    Ended refused = predict(bench, "a", "data.header=true");
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.err()).contains("row 2, column c: must be one of", "got zebra");
    Ended taken = predict(bench, "b", "data.unseen=ignore", "data.missing=drop");
    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.out()).contains("Predicted 2 rows");
    Ended filled = predict(bench, "c", "data.unseen=ignore", "data.missing=fill", "data.fill=3");
    assertThat(filled.out()).as(filled.err()).contains("Predicted 3 rows");
    predict(bench, "d", "data.normalize=standard")
        .failed(
            78,
            "Invalid data.normalize: must not be set: rows are encoded like the run's training"
                + " rows, got standard");
  }

  private static Ended predict(Workbench bench, String output, String... settings) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "predict",
                bench.run("").toString(),
                "--input",
                bench.path("new.csv").toString(),
                "--output",
                bench.path(output).toString()));
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    return bench.type(line.toArray(String[]::new));
  }
}
