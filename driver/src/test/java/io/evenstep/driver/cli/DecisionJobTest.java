package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.decision.Decision;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A threshold and a temperature learned from the validation rows. */
class DecisionJobTest {
  private static final String JOB =
      """
      name: small
      data:
        {format: csv, path: rows.csv, split: stratified, validation: {fraction: 0.3}, test: {fraction: 0.3}}
      model: {name: logistic}
      training: {batch: 32, epochs: 12, workers: 2, shards: 4, optimizer: {name: adam, learningRate: 0.1}}
      evaluation: {threshold: f1, calibration: temperature}
      """;

  @TempDir private Path folder;

  @Test
  void decidesLaterRowsAsItWasLearned() {
    Workbench bench = bench();
    bench.train().well();
    RunReport report = bench.report();
    Decision decision = Objects.requireNonNull(report.model().deciding().outputs().get("label"));
    Map<String, Double> before = report.model().deciding().before();
    assertThat(decision.threshold()).isBetween(0.05, 0.45);
    assertThat(decision.temperature()).isNotEqualTo(1.0);
    assertThat(report.metrics().get("validation.f1")).isGreaterThan(before.get("validation.f1"));
    assertThat(report.metrics().get("validation.logLoss"))
        .isLessThan(before.get("validation.logLoss"));
    assertThat(before).containsKey("validation.ece");

    String evaluated = bench.type("evaluate", bench.run("").toString()).well().out();
    report
        .metrics()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("train.")) {
                assertThat(evaluated)
                    .containsPattern(name + " +" + String.format(Locale.ROOT, "%.4f", value));
              }
            });
    assertThat(Workbench.text(bench.run("encoding.json"))).contains("\"threshold\"");
    predictsBy(decision, bench);
    oneWorkerLearnsTheSame(bench, report);
  }

  private static void predictsBy(Decision decision, Workbench bench) {
    bench
        .type(
            "predict",
            bench.run("").toString(),
            "--input",
            bench.path("rows.csv").toString(),
            "--output",
            bench.path("out").toString())
        .well();
    int below = 0;
    for (Row row :
        SparkTest.session().read().parquet(bench.path("out").toString()).collectAsList()) {
      List<Double> probability = row.getList(row.fieldIndex("probability"));
      assertThat(probability.get(0) + probability.get(1)).isCloseTo(1, offset(1e-9));
      String expected = probability.get(1) >= decision.threshold() ? "yes" : "no";
      assertThat(row.<String>getAs("prediction")).isEqualTo(expected);
      below += expected.equals("yes") && probability.get(1) < 0.5 ? 1 : 0;
    }
    assertThat(below).isPositive();
  }

  private static void oneWorkerLearnsTheSame(Workbench bench, RunReport two) {
    bench.train("--set", "training.workers=1", "--run-id", "one").well();
    RunReport one = RunReport.fromJson(Workbench.text(bench.path("runs/one/result.json")));
    assertThat(one.model().deciding()).isEqualTo(two.model().deciding());
    assertThat(one.metrics()).isEqualTo(two.metrics());
  }

  @Test
  void refusesWhatCannotBeDecided() {
    Workbench bench = bench();
    bench
        .train("--set", "evaluation.threshold=auc")
        .failed(
            78,
            "Invalid evaluation.threshold: must be a number from 0 to 1, or one of accuracy, f1,"
                + " balancedAccuracy, youden, mcc, got auc");
    bench
        .train("--set", "data.validation.fraction=0", "--set", "evaluation.calibration=none")
        .failed(
            78,
            "Invalid evaluation.threshold: must have validation rows: give"
                + " data.validation.fraction or data.validation.path, got f1");
    bench
        .train("--set", "model.loss=logistic")
        .failed(
            78,
            "Invalid evaluation.calibration: must not be set: with model.loss logistic the network"
                + " gives scores, got scores");
  }

  /** One row in six is of the second class, and the two overlap. */
  private Workbench bench() {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder rows = new StringBuilder("x,y,label\n");
    for (int i = 0; i < 600; i++) {
      boolean yes = i % 6 == 0;
      double x = random.nextDouble() * 2 + (yes ? 0.9 : 0);
      rows.append(x).append(',').append(random.nextDouble()).append(yes ? ",yes\n" : ",no\n");
    }
    Workbench bench = Workbench.in(folder).job(JOB);
    bench.write("rows.csv", rows.toString());
    return bench;
  }
}
