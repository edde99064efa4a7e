package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.evaluation.classification.ROCMultiClass;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's own evaluation over an RDD, of a network trained here. */
@Tag("slow")
class ScoringTest {
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> rows = Examples.rows(60);
  private final JavaRDD<DataSet> rdd = spark.parallelize(rows, 3);

  private static EvenstepTrainingMaster master() {
    return new EvenstepTrainingMaster.Builder(10).workers(2).build();
  }

  private SparkDl4jMultiLayer net() {
    return new SparkDl4jMultiLayer(spark, Nets.mlp(new Adam(0.01)), master());
  }

  @Test
  void agreesWithLocalEvaluation() {
    SparkDl4jMultiLayer net = net();
    MultiLayerNetwork local = net.fit(rdd);
    ExistingDataSetIterator iterator = new ExistingDataSetIterator(Examples.batches(rows, 20));
    Evaluation evaluation = net.evaluate(rdd);
    Evaluation expected = local.evaluate(iterator);
    assertThat(evaluation.getConfusionMatrix()).isEqualTo(expected.getConfusionMatrix());
    iterator.reset();
    RegressionEvaluation regression = net.evaluateRegression(rdd);
    RegressionEvaluation wanted = local.evaluateRegression(iterator);
    assertThat(regression.averageMeanSquaredError())
        .isCloseTo(wanted.averageMeanSquaredError(), within(1e-6));
    iterator.reset();
    ROCMultiClass roc = net.evaluateROCMultiClass(rdd);
    assertThat(roc.calculateAverageAUC())
        .isCloseTo(local.evaluateROCMultiClass(iterator, 32).calculateAverageAUC(), within(1e-6));
  }

  /** Once with 32 thresholds, once exactly. */
  @Test
  void agreesWithLocalRocOfYesAndNo() {
    List<DataSet> yesOrNo =
        rows.stream()
            .map(row -> new DataSet(row.getFeatures(), row.getLabels().getColumn(0, true)))
            .toList();
    JavaRDD<DataSet> distributed = spark.parallelize(yesOrNo, 3);
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, Nets.binary(), master());
    MultiLayerNetwork local = net.fit(distributed);
    ExistingDataSetIterator iterator = new ExistingDataSetIterator(Examples.batches(yesOrNo, 20));
    for (int thresholds : new int[] {32, 0}) {
      iterator.reset();
      ROC expected = local.evaluateROC(iterator, thresholds);
      ROC roc = net.evaluateROC(distributed, thresholds, 16);
      assertThat(roc.calculateAUC()).isCloseTo(expected.calculateAUC(), within(1e-6)).isNotZero();
      assertThat(roc.calculateAUCPR()).isCloseTo(expected.calculateAUCPR(), within(1e-6));
    }
  }

  @Test
  void agreesWithLocalScores() {
    SparkDl4jMultiLayer net = net();
    MultiLayerNetwork local = net.fit(rdd);
    double expected = local.score(DataSet.merge(rows));
    assertThat(net.calculateScore(rdd, true)).isCloseTo(expected, within(1e-3));
    List<Double> each = net.scoreExamples(rdd, true).collect();
    assertThat(each).hasSize(60);
    assertThat(each.get(0))
        .isCloseTo(local.scoreExamples(rows.get(0), true).getDouble(0), within(1e-6));
  }

  @Test
  void agreesWithLocalEvaluationOfAGraph() {
    SparkComputationGraph net =
        new SparkComputationGraph(spark, Nets.graph(new Adam(0.01)), master());
    ComputationGraph local = net.fit(rdd);
    ExistingDataSetIterator iterator = new ExistingDataSetIterator(Examples.batches(rows, 20));
    Evaluation evaluation = net.evaluate(rdd);
    Evaluation expected = local.evaluate((DataSetIterator) iterator);
    assertThat(evaluation.getConfusionMatrix()).isEqualTo(expected.getConfusionMatrix());
    iterator.reset();
    RegressionEvaluation regression = net.evaluateRegression(rdd);
    RegressionEvaluation wanted = local.evaluateRegression((DataSetIterator) iterator);
    assertThat(regression.averageMeanSquaredError())
        .isCloseTo(wanted.averageMeanSquaredError(), within(1e-6));
    assertThat(net.calculateScore(rdd, true))
        .isCloseTo(local.score(DataSet.merge(rows)), within(1e-6));
  }
}
