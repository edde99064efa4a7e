package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cluster.Python;
import io.evenstep.driver.track.MlflowServerFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own tuning works with our estimators and chooses the best one. */
@Tag("slow")
class TuningTest {
  @TempDir private Path folder;

  @Test
  void crossValidatorPicksTheLearningRateThatLearns() throws IOException {
    EvenstepClassifier classifier = new EvenstepClassifier().setHidden(8).setEpochs(4).setBatch(16);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.learningRate(), new double[] {1e-7, 0.05})
            .build();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(classifier)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setNumFolds(2)
            .setParallelism(2)
            .setSeed(5);

    CrossValidatorModel tuned = validator.fit(MlData.points(120));

    assertThat(tuned.avgMetrics()[1]).isGreaterThan(0.95).isGreaterThan(tuned.avgMetrics()[0]);
    EvenstepClassificationModel best = (EvenstepClassificationModel) tuned.bestModel();
    EvenstepClassifier winner = (EvenstepClassifier) best.parent();
    assertThat(winner.getOrDefault(winner.learningRate())).isEqualTo(0.05);

    tuned.save(folder + "/tuned");
    Dataset<Row> rows = MlData.points(20);
    assertThat(CrossValidatorModel.load(folder + "/tuned").transform(rows).collectAsList())
        .isEqualTo(tuned.transform(rows).collectAsList());
  }

  @Test
  void inMlflowTheFitsOfATuningAreNestedInOneRun() throws Exception {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    SparkTest.session();
    try (MlflowServerFixture server = MlflowServerFixture.start(folder)) {
      EvenstepClassifier classifier =
          new EvenstepClassifier().setHidden(2).setEpochs(1).setBatch(32);
      classifier.setting("tracking.mlflow.uri", server.uri());
      ParamMap[] grid =
          new ParamGridBuilder()
              .addGrid(classifier.learningRate(), new double[] {0.01, 0.05})
              .build();
      TrainValidationSplit split =
          new TrainValidationSplit()
              .setEstimator(classifier)
              .setEstimatorParamMaps(grid)
              .setEvaluator(new MulticlassClassificationEvaluator())
              .setParallelism(2);

      TrainValidationSplitModel unused = split.fit(MlData.points(60));

      List<JsonNode> runs = server.runs();
      JsonNode parent =
          runs.stream()
              .filter(run -> name(run).equals("TrainValidationSplit of " + classifier.uid()))
              .findFirst()
              .orElseThrow();
      String id = parent.path("info").path("run_id").asText();
      assertThat(runs).as("two fits, the best one again, and the parent").hasSize(4);
      assertThat(runs)
          .filteredOn(run -> run != parent)
          .allSatisfy(
              run ->
                  assertThat(run.path("data").path("tags"))
                      .anySatisfy(
                          tag -> {
                            assertThat(tag.path("key").asText()).isEqualTo("mlflow.parentRunId");
                            assertThat(tag.path("value").asText()).isEqualTo(id);
                          }));
      assertThat(runs)
          .extracting(run -> run.path("info").path("status").asText())
          .containsOnly("FINISHED");
    }
  }

  private static String name(JsonNode run) {
    return run.path("info").path("run_name").asText();
  }

  @Test
  void trainValidationSplitPicksTheNetworkThatFits() {
    SparkTest.session();
    EvenstepRegressor regressor =
        new EvenstepRegressor().setEpochs(40).setBatch(32).setLearningRate(0.01);
    ParamMap[] grid =
        new ParamGridBuilder()
            .baseOn(regressor.normalize().w("standard"))
            .addGrid(regressor.epochs(), new int[] {1, 40})
            .build();
    TrainValidationSplit split =
        new TrainValidationSplit()
            .setEstimator(regressor)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new RegressionEvaluator().setMetricName("rmse"))
            .setTrainRatio(0.75)
            .setSeed(5);

    TrainValidationSplitModel tuned = split.fit(MlData.curve(400));

    assertThat(tuned.validationMetrics()[1]).isLessThan(tuned.validationMetrics()[0]);
    assertThat(((EvenstepRegressionModel) tuned.bestModel()).summary().epochs()).hasSize(40);
  }
}
