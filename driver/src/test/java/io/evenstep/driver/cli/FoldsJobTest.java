package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.metric.MetricSpread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run that trains a network for each fold. */
class FoldsJobTest {
  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, split: stratified}
      model: {name: logistic}
      training: {batch: 16, epochs: 2, workers: 2, shards: 4, folds: 3}
      """;

  @TempDir private Path folder;

  @Test
  void testsEachRowOnceAndResumesWhereItStopped() throws IOException {
    Workbench bench = Workbench.in(folder).job(JOB);
    Ended ended = bench.train().well();
    RunReport whole = bench.report();
    MetricSpread accuracy = Objects.requireNonNull(whole.model().folds().get("test.accuracy"));
    assertThat(accuracy.values()).hasSize(3);
    assertThat(whole.metrics().get("test.accuracy")).isEqualTo(accuracy.mean());
    assertThat(accuracy.mean())
        .isCloseTo(
            accuracy.values().stream().mapToDouble(value -> value).average().orElseThrow(),
            offset(1e-12));
    assertThat(ended.out()).contains("mean of 3 folds, spread");
    assertThat(Workbench.text(bench.run("report.html"))).contains("fold-3");
    assertThat(tested(bench)).isEqualTo(64);

    // as if the driver had died in the second fold
    Files.delete(bench.run("result.json"));
    Files.delete(bench.run("fold-2/result.json"));
    FileUtil.fullyDelete(bench.run("fold-3").toFile());
    Ended resumed = bench.train("--set", "training.workers=1").well();
    assertThat(resumed.err()).contains("Run fold-1 has already finished", "Fold 3 of 3");
    assertThat(bench.report().metrics()).isEqualTo(whole.metrics());
    assertThat(bench.report().model().parametersSha256())
        .isEqualTo(whole.model().parametersSha256());

    bench
        .type("evaluate", bench.run("").toString())
        .failed(
            78,
            "Invalid RUN_FOLDER: must be the folder of one fold, such as "
                + bench.run("fold-1")
                + ", got "
                + bench.run(""));
    assertThat(bench.type("evaluate", bench.run("fold-2").toString()).well().out())
        .contains("test.accuracy");
  }

  private static long tested(Workbench bench) throws IOException {
    long rows = 0;
    for (int number = 1; number <= 3; number++) {
      List<String> lines = Files.readAllLines(bench.run("fold-" + number + "/confusion.csv"));
      for (String line : lines.subList(1, 3)) {
        List<String> cells = List.of(line.split(",", -1));
        rows += Long.parseLong(cells.get(1)) + Long.parseLong(cells.get(2));
      }
    }
    return rows;
  }

  @Test
  void keepsTheOtherFoldsWhenOneFails() {
    Splitter splitter = Splitter.fractions(1, 0, 1 / 3.0, new Fold(2, 3));
    int row = 0;
    while (splitter.byFraction(splitter.draw(splitter.row(0, row))) != Split.TEST) {
      row++;
    }
    List<String> lines = new java.util.ArrayList<>(Workbench.rows(64).lines().toList());
    lines.set(row + 1, "0,0,third");
    Workbench bench = Workbench.in(folder).job(JOB.replace("stratified", "random"));
    bench.write("rows.csv", String.join("\n", lines) + "\n");

    Ended ended = bench.train();

    assertThat(ended.code()).isEqualTo(65);
    assertThat(ended.err())
        .contains("Warning: fold 2 has failed", "2 of 3 folds are trained", "third is a class");
    assertThat(bench.run("fold-1/result.json")).exists();
    assertThat(bench.run("fold-3/result.json")).exists();
    assertThat(bench.run("result.json")).doesNotExist();
  }

  @Test
  void refusesTestRowsBesideFolds() {
    Workbench.in(folder)
        .job(JOB.replace("split: stratified", "test: {fraction: 0.2}"))
        .train()
        .failed(
            78,
            "Invalid data.test.fraction: must be 0 with training.folds, whose folds are the test rows,"
                + " got 0.2");
  }
}
