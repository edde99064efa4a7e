package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole jobs on windows, series and texts: what one worker learns, two learn to the same bits. */
class RowKindsJobTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  /** Trains with one worker and with two; the report of both. */
  private RunReport trained(String job, List<String> rows) {
    bench.write("rows.csv", String.join("\n", rows) + "\n");
    bench.job(job);
    bench.train("--set", "training.workers=1").well();
    RunReport one = bench.report();
    bench.train("--set", "training.workers=2", "--run-id", "two").well();
    RunReport two = RunReport.fromJson(Workbench.text(bench.path("runs/two/result.json")));
    assertThat(two.work().workers()).isEqualTo(2);
    assertThat(two.model().parametersSha256()).isEqualTo(one.model().parametersSha256());
    assertThat(two.metrics()).isEqualTo(one.metrics());
    return one;
  }

  private List<Row> predicted(String input) {
    bench
        .type(
            "predict",
            bench.run("").toString(),
            "--input",
            bench.path(input).toString(),
            "--output",
            bench.path("out").toString())
        .well();
    return SparkTest.session().read().parquet(bench.path("out").toString()).collectAsList();
  }

  private static List<String> shuffled(String header, List<String> rows) {
    Collections.shuffle(rows, new Random(3));
    rows.add(0, header);
    return rows;
  }

  @Test
  void forecastsFromWindows() {
    int days = 90;
    List<String> rows = new ArrayList<>();
    for (int day = 1; day <= days; day++) {
      double weekly = 10 * Math.sin(2 * Math.PI * day / 7);
      rows.add("1,%d,%.3f".formatted(day, 50 + weekly));
      rows.add("2,%d,%.3f".formatted(day, 50 - weekly));
    }
    RunReport report =
        trained(
            """
            name: small
            data:
              {format: csv, path: rows.csv, label: sales, task: regression, normalize: standard, normalizeLabel: standard,
               window: {time: day, key: shop, history: 7}, validation: {fraction: 0.2}, test: {fraction: 0.2}}
            model: {layers: [{type: lstm, units: 8}]}
            training: {batch: 16, epochs: 12, shards: 4, optimizer: {name: adam, learningRate: 0.02}}
            """,
            shuffled("shop,day,sales", rows));

    assertThat(report.metrics().get("test.r2")).isGreaterThan(0.8);
    List<Row> windows = predicted("rows.csv");
    assertThat(windows).as("one for each row with six before it").hasSize(2 * (days - 6));
    assertThat(windows).extracting(row -> row.<String>getAs("shop")).contains("1", "2");
  }

  /** Rising and falling series of 3 to 6 steps. */
  @Test
  void classifiesSeriesOfUnequalLengths() {
    Random random = new Random(5);
    List<String> rows = new ArrayList<>();
    for (int walk = 0; walk < 120; walk++) {
      boolean rises = walk % 2 == 0;
      double at = random.nextGaussian();
      for (int step = 0; step < 3 + walk % 4; step++) {
        at += (rises ? 1 : -1) * (0.2 + random.nextDouble());
        rows.add("w%d,%d,%.3f,%s".formatted(walk, step, at, rises ? "up" : "down"));
      }
    }
    RunReport report =
        trained(
            """
            name: small
            data:
              {format: csv, path: rows.csv, label: label, features: [x], series: {key: walk, order: step},
               test: {fraction: 0.3}}
            model: {layers: [{type: lstm, units: 8}]}
            training: {batch: 16, epochs: 15, shards: 4, optimizer: {name: adam, learningRate: 0.03}}
            """,
            shuffled("walk,step,x,label", rows));

    assertThat(report.metrics().get("test.accuracy")).isGreaterThan(0.85);
    bench.write("new.csv", "walk,step,x\na,2,1.5\na,1,0\na,3,3\nb,3,-2.2\nb,1,0\nb,2,-1\n");
    assertThat(predicted("new.csv"))
        .extracting(row -> row.getAs("walk") + " " + row.getAs("prediction"))
        .containsExactlyInAnyOrder("a up", "b down");
  }

  /** Two words of six tell the class. */
  @Test
  void classifiesTexts() {
    Random random = new Random(7);
    List<String> words = List.of("the", "film", "with", "music", "actors", "story");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<String> text = new ArrayList<>(words);
      Collections.shuffle(text, random);
      text = new ArrayList<>(text.subList(0, 4));
      boolean good = i % 2 == 0;
      text.add(random.nextInt(5), good ? "great" : "boring");
      rows.add(String.join(" ", text) + (good ? ",yes" : ",no"));
    }
    RunReport report =
        trained(
            """
            name: small
            data:
              {format: csv, path: rows.csv, label: liked, features: [{column: review, type: text, terms: 40}],
               test: {fraction: 0.3}}
            model: {name: logistic}
            training: {batch: 16, epochs: 10, shards: 4, optimizer: {name: adam, learningRate: 0.05}}
            """,
            shuffled("review,liked", rows));

    assertThat(report.metrics().get("test.accuracy")).isGreaterThan(0.95);
    bench.write("new.csv", "review\nA GREAT story!\nboring music\n");
    assertThat(predicted("new.csv"))
        .extracting(row -> row.<String>getAs("prediction"))
        .containsExactly("yes", "no");
  }
}
