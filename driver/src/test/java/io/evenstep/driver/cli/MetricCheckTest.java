package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics that stop or judge a run are checked before training. */
class MetricCheckTest {
  private static final String CLASSES =
      """
      name: small
      data: {format: csv, path: rows.csv, validation: {path: held.csv}}
      model: {name: logistic}
      training: {batch: 16, epochs: 2, workers: 1, shards: 4}
      """;

  @TempDir private Path folder;

  @Test
  void refusesToStopEarlyByRowsThatAreNotThere() {
    Workbench bench = Workbench.in(folder);
    String job = Workbench.JOB.replace("test: {fraction: 0.25}", "validation: {fraction: 0.001}");
    bench
        .job(job)
        .train("--set", "training.stopping.patience=3")
        .failed(
            78,
            "Invalid training.stopping.patience: must have validation rows, and there are none:"
                + " raise data.validation.fraction, or set data.validation.path, got 3");
    bench
        .job(Workbench.JOB.replace("0.25", "0.0001"))
        .train("--set", "gate.metric=test.accuracy", "--set", "gate.atLeast=0.5")
        .failed(
            78,
            "Invalid gate.metric: must have test rows, and there are none: raise"
                + " data.test.fraction, or set data.test.path, got test.accuracy");
    bench.job(job).train().well();
  }

  @Test
  void refusesAreasUnderTheCurveOfOneClass() {
    Workbench bench = Workbench.in(folder).job(CLASSES);
    bench.write("held.csv", "x,y,label\n1,2,left\n2,1,left\n");
    String rule =
        "must be defined for the validation rows: auc needs rows of at least two classes, and at"
            + " most 256 classes in all; choose another metric or other validation rows, got ";
    bench
        .train("--set", "training.stopping.patience=3", "--set", "training.stopping.metric=auc")
        .failed(78, "Invalid training.stopping.metric: " + rule + "auc");
    bench
        .train("--set", "gate.metric=validation.auc", "--set", "gate.atLeast=0")
        .failed(78, "Invalid gate.metric: " + rule + "auc");
    bench.write("held.csv", "x,y,label\n1,2,left\n2,1,right\n");
    bench
        .train("--set", "training.stopping.patience=3", "--set", "training.stopping.metric=auc")
        .well();
  }

  @Test
  void refusesTheLogarithmicLossOfScores() {
    Workbench bench =
        Workbench.in(folder).job(CLASSES.replace("logistic}", "logistic, loss: logistic}"));
    bench.write("held.csv", "x,y,label\n1,2,left\n2,1,right\n");
    bench
        .train("--set", "gate.metric=validation.logLoss", "--set", "gate.atMost=1")
        .failed(
            78,
            "Invalid gate.metric: must be defined: logLoss needs probabilities, and with model.loss"
                + " logistic the network gives scores; choose loss or accuracy, got logLoss");
    bench
        .train("--set", "training.stopping.patience=3", "--set", "training.stopping.metric=auc")
        .failed(
            78,
            "Invalid training.stopping.metric: must be defined: auc needs probabilities, and with"
                + " model.loss logistic the network gives scores; choose loss or accuracy, got auc");
    bench.train().well();
    assertThat(bench.report().metrics()).containsKey("validation.accuracy");
    assertThat(bench.report().metrics())
        .doesNotContainKeys("validation.logLoss", "validation.auc", "validation.prAuc");
  }

  @Test
  void refusesAShareOfVarianceWhereLabelsAreAllTheSame() {
    Workbench bench =
        Workbench.in(folder)
            .job(
                CLASSES
                    .replace("path: held", "path: held")
                    .replace(
                        "csv, path: rows",
                        "csv, task: regression, label: y, features: x, path: rows"));
    bench.write("held.csv", "x,y,label\n1,2,left\n2,2,left\n");
    bench
        .train("--set", "training.stopping.patience=3", "--set", "training.stopping.metric=r2")
        .failed(
            78,
            "Invalid training.stopping.metric: must be defined for the validation rows: r2 needs"
                + " labels that differ, and all labels are equal; choose another metric or other"
                + " validation rows, got r2");
  }
}
