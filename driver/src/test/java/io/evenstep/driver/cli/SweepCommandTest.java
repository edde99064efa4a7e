package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, validation: {fraction: 0.25}, test: {fraction: 0.25}}
      model: {name: logistic}
      training: {batch: 16, epochs: 4, shards: 4, optimizer: {name: sgd, learningRate: 0.01}}
      report: {page: false, tensorboard: false}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void bench() {
    bench = Workbench.in(folder).job(JOB);
    bench.write("rows.csv", Workbench.rows(128));
  }

  private Ended sweep(String id, String... more) {
    List<String> line = new ArrayList<>(List.of("sweep", bench.path("job.yaml").toString()));
    line.addAll(List.of("--set", "output=" + bench.path("runs"), "--run-id", id));
    line.addAll(List.of("--over", "training.optimizer.learningRate=log:1e-4..1"));
    line.addAll(List.of("--trials", "4", "--keep", "2"));
    line.addAll(List.of(more));
    return bench.type(line.toArray(String[]::new));
  }

  private String text(String name) {
    return Workbench.text(bench.path("runs/" + name));
  }

  private static String sha(String result) {
    return RunReport.fromJson(result).model().parametersSha256();
  }

  @Test
  void theBestTrialHasTheBitsOfItsJobFileAndTheSweepThoseOfAnother() {
    Ended ended = sweep("one").well();

    assertThat(ended.err())
        .contains("Round 1 of 3: 4 trials to epoch 1, 2 side by side")
        .contains("Round 3 of 3: 1 trials to epoch 4, 1 side by side");
    List<String> table = text("one/sweep.csv").lines().toList();
    assertThat(table).hasSize(5);
    assertThat(table.get(0)).isEqualTo("trial,epochs,loss,training.optimizer.learningRate,failure");
    String best = table.get(1).substring(0, 4);
    assertThat(table.get(1)).startsWith(best + ",4,");
    assertThat(ended.out())
        .contains("Best: " + bench.path("runs/one/" + best))
        .contains("Its job file: " + bench.path("runs/one/best.yaml"));

    sweep("other", "--side-by-side", "1").well();
    assertThat(text("other/sweep.csv")).isEqualTo(text("one/sweep.csv"));

    String job = bench.path("runs/one/best.yaml").toString();
    bench.type("train", job, "--run-id", "alone", "--set", "training.workers=1").well();
    assertThat(sha(text("alone/result.json"))).isEqualTo(sha(text("one/" + best + "/result.json")));
  }

  @Test
  void theSameSweepAgainTrainsNothingAndAnotherIsRefused() {
    sweep("one").well();
    String table = text("one/sweep.csv");
    long written = bench.path("runs/one/course-t001.csv").toFile().lastModified();

    sweep("one").well();

    assertThat(text("one/sweep.csv")).isEqualTo(table);
    assertThat(bench.path("runs/one/course-t001.csv").toFile().lastModified()).isEqualTo(written);
    sweep("one", "--set", "seed=9")
        .failed(
            78,
            "Invalid --run-id: must be new, or that of the same sweep of the same job, got one");
  }

  @Test
  void aTrialThatCannotBeTrainedIsTheLastOfTheTable() {
    Ended ended = sweep("odd", "--over", "training.batch=[16, 5000]").well();

    assertThat(ended.out()).contains("must be at most the");
    assertThat(text("odd/best.yaml")).contains("training.batch: 16");
  }

  @Test
  void refusesWhatItCannotJudgeOrTry() {
    bench.job(JOB.replace("validation: {fraction: 0.25}, ", ""));
    sweep("none")
        .failedBySayingWhy(78, "data.validation.fraction: must be above 0: trials are judged");
    bench.job(JOB);
    sweep("typo", "--over", "training.bach=[1, 2]").failedBySayingWhy(78, "training.bach");
    sweep("metric", "--metric", "acuracy")
        .failedBySayingWhy(78, "Invalid --metric: must be one of");
  }
}
