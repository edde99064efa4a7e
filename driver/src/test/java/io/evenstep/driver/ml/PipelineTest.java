package io.evenstep.driver.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a user of Spark ML does first. */
class PipelineTest {
  @Test
  void learnsDigitsBehindStringIndexerAndVectorAssembler() {
    EvenstepClassifier classifier =
        new EvenstepClassifier()
            .setting("hidden", new int[] {64})
            .setting("epochs", 15)
            .setting("batch", 64)
            .setting("normalize", "scale")
            .setting("learningRate", 0.005);
    Dataset<Row>[] parts = MlData.digits().randomSplit(new double[] {0.8, 0.2}, 7);

    PipelineModel model = MlData.digitsPipeline(classifier).fit(parts[0]);

    Dataset<Row> scored = model.transform(parts[1]);
    double accuracy =
        new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored);
    assertThat(accuracy).isGreaterThanOrEqualTo(0.95);
    for (Row row : scored.select("prediction", "probability", "rawPrediction").takeAsList(20)) {
      Vector probability = row.getAs(1);
      assertThat((double) probability.argmax()).isEqualTo(row.getDouble(0));
      assertThat(probability.size()).isEqualTo(10);
      assertThat(row.<Vector>getAs(2).argmax()).isEqualTo(probability.argmax());
    }
  }

  @Test
  void learnsNumbersFromDenseVectors() {
    EvenstepRegressor regressor =
        new EvenstepRegressor()
            .setting("hidden", new int[] {32})
            .setting("activation", "tanh")
            .setting("epochs", 60)
            .setting("batch", 32)
            .setting("learningRate", 0.01);
    Dataset<Row> rows = MlData.curve(800);

    EvenstepRegressionModel model = regressor.fit(rows);

    double r2 = new RegressionEvaluator().setMetricName("r2").evaluate(model.transform(rows));
    assertThat(r2).isGreaterThan(0.97);
  }

  @Test
  void validatesOnTheRowsThatTheIndicatorTells() {
    EvenstepClassifier classifier =
        new EvenstepClassifier()
            .setValidationIndicatorCol("held")
            .setting("epochs", 3)
            .setting("batch", 20)
            .setting("training.stopping.patience", 2);

    EvenstepClassificationModel model = classifier.fit(MlData.points(200));

    TrainingSummary summary = model.summary();
    assertThat(summary.steps()).isEqualTo(3 * 9); // of the 180 rows that are not held out
    assertThat(summary.epochs()).hasSize(3);
    assertThat(summary.epochs())
        .extracting(TrainingSummary.Epoch::number)
        .isEqualTo(List.of(1, 2, 3));
    Map<String, Double> last = summary.epochs().get(2).validation();
    assertThat(last).containsKeys("validation.accuracy", "validation.loss");
    assertThat(summary.seconds()).isPositive();
    assertThat(summary.metrics()).containsKeys("train.loss", "validation.accuracy");
  }

  @Test
  void leavesOutWhatWeighsNothing() {
    Dataset<Row> wrong =
        MlData.points(200)
            .withColumn("label", lit(1).minus(col("label")))
            .withColumn("importance", lit(0.0));
    Dataset<Row> right = MlData.points(200);
    EvenstepClassifier classifier =
        new EvenstepClassifier()
            .setWeightCol("importance")
            .setEpochs(8)
            .setBatch(20)
            .setLearningRate(0.01);

    Dataset<Row> scored = classifier.fit(right.union(wrong)).transform(right);

    assertThat(new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(scored))
        .isGreaterThan(0.99);
  }

  @Test
  void standsBetweenSqlTransformersAndUnderAQuery() {
    SQLTransformer before =
        new SQLTransformer()
            .setStatement("SELECT id, features, label FROM __THIS__ WHERE NOT held");
    SQLTransformer after =
        new SQLTransformer()
            .setStatement("SELECT id, label, CAST(prediction AS INT) AS class FROM __THIS__");
    EvenstepClassifier classifier =
        new EvenstepClassifier().setEpochs(8).setBatch(20).setLearningRate(0.01);
    Dataset<Row> rows = MlData.points(200);

    new Pipeline()
        .setStages(new PipelineStage[] {before, classifier, after})
        .fit(rows)
        .transform(rows)
        .createOrReplaceTempView("scored");

    List<Row> counted =
        rows.sparkSession()
            .sql("SELECT label, class, count(*) FROM scored GROUP BY ALL ORDER BY label, class")
            .collectAsList();
    assertThat(counted).hasToString("[[0.0,0,80], [1.0,1,100]]"); // 20 of the even ids are held out
  }

  @Test
  void givesTheSameNetworkHoweverTheRowsAreSplitUp() {
    EvenstepClassifier classifier =
        new EvenstepClassifier().setting("epochs", 2).setting("batch", 20);

    String two = classifier.fit(MlData.points(200)).summary().report().model().parametersSha256();
    String five =
        classifier
            .fit(MlData.points(200).repartition(5))
            .summary()
            .report()
            .model()
            .parametersSha256();

    assertThat(five).isEqualTo(two);
  }
}
