package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import java.util.List;

/** The keys of the job as a whole, and its quality gate. */
public final class JobKeys {
  private JobKeys() {}

  public static final Key<String> NAME =
      Key.of(
              "name",
              ScalarType.TEXT,
              "Name of the job; the run id and Spark's application name start with it.")
          .where(
              ValueRule.pattern(
                  "[A-Za-z0-9][A-Za-z0-9._-]*",
                  "must be letters, digits, dots, dashes and underscores, starting with a letter or"
                      + " digit"))
          .byDefault("job")
          .ofTheCourse();

  public static final Key<String> OUTPUT =
      Key.of(
              "output",
              ScalarType.TEXT,
              "Parent of the run folders, on any Hadoop file system; relative paths start at the"
                  + " working directory.")
          .where(ValueRule.notBlank())
          .byDefault("runs")
          .ofTheCourse();

  public static final Key<Long> SEED =
      Key.of(
              "seed",
              ScalarType.LONG,
              "Seed of all random choices: initial weights, order of rows, dropout, and the split"
                  + " unless `data.splitSeed` is set.")
          .byDefault(1L);

  public static final Key<String> GATE_METRIC =
      Key.of(
              "gate.metric",
              ScalarType.TEXT,
              "Metric of the quality gate, such as `test.accuracy`; if the run misses the gate, the"
                  + " command exits with 79.")
          .where(Metrics.fullName())
          .ofTheCourse();

  public static final Key<Double> GATE_AT_LEAST =
      Key.of("gate.atLeast", ScalarType.NUMBER, "Minimum of `gate.metric`.").ofTheCourse();

  public static final Key<Double> GATE_AT_MOST =
      Key.of("gate.atMost", ScalarType.NUMBER, "Maximum of `gate.metric`.").ofTheCourse();

  public static final Key<Boolean> REPORT_PAGE =
      Key.of(
              "report.page",
              ScalarType.FLAG,
              "Whether the run's folder gets `report.html`, a [report page](report.md).")
          .byDefault(true)
          .ofTheCourse();

  public static final Key<Boolean> REPORT_TENSORBOARD =
      Key.of(
              "report.tensorboard",
              ScalarType.FLAG,
              "Whether the run's folder gets `tensorboard/`, event files for"
                  + " [TensorBoard](report.md#tensorboard).")
          .byDefault(true)
          .ofTheCourse();

  public static final Key<String> MLFLOW_URI =
      Key.of(
              "tracking.mlflow.uri",
              ScalarType.TEXT,
              "MLflow server that tracks the run, such as `http://tracking:5000`, or `none`; see"
                  + " [MLflow](report.md#mlflow).")
          .where(
              ValueRule.pattern(
                  "none|https?://.+", "must start with http:// or https://, or be none"))
          .otherwise("`MLFLOW_TRACKING_URI` of the driver's environment, else none")
          .ofTheCourse();

  public static final Key<String> MLFLOW_EXPERIMENT =
      Key.of("tracking.mlflow.experiment", ScalarType.TEXT, "MLflow experiment of the run.")
          .where(ValueRule.notBlank())
          .otherwise("`MLFLOW_EXPERIMENT_NAME` of the driver's environment, else the job's name")
          .ofTheCourse();

  public static final Key<String> MLFLOW_PARENT =
      Key.of(
              "tracking.mlflow.parent",
              ScalarType.TEXT,
              "Name of the MLflow run that [this one is nested in](report.md#mlflow); it is"
                  + " created if the experiment has none of this name.")
          .where(ValueRule.pattern("[^'\"`\\s][^'\"`]*", "must be a name without quotes"))
          .otherwise("the sweep, or Spark ML's tuning, that the run is part of, else none")
          .ofTheCourse();

  public static final Key<Boolean> UI =
      Key.of(
              "training.ui",
              ScalarType.FLAG,
              "Whether the [report page is served](report.md#live) during the run; `--ui`"
                  + " does the same.")
          .byDefault(false)
          .ofTheCourse();

  public static final Key<String> UI_HOST =
      Key.of(
              "training.uiHost",
              ScalarType.TEXT,
              "Address of the driver that serves the page. On one that other machines can reach,"
                  + " the page needs the token in the address that the run prints.")
          .where(ValueRule.notBlank())
          .byDefault("127.0.0.1")
          .ofTheCourse();

  public static final Key<Integer> UI_PORT =
      Key.of(
              "training.uiPort",
              ScalarType.INTEGER,
              "Port that serves the page; where it is in use, the next free one; 0 for any.")
          .where(ValueRule.between(0, 65_535))
          .byDefault(4050)
          .ofTheCourse();

  static final List<Key<?>> ALL =
      List.of(
          NAME,
          OUTPUT,
          SEED,
          GATE_METRIC,
          GATE_AT_LEAST,
          GATE_AT_MOST,
          REPORT_PAGE,
          REPORT_TENSORBOARD,
          MLFLOW_URI,
          MLFLOW_EXPERIMENT,
          MLFLOW_PARENT,
          UI,
          UI_HOST,
          UI_PORT);
}
