package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaDoubleRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.evaluation.classification.ROCMultiClass;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's own evaluation over an RDD, of a network trained here. */
@Tag("slow")
class FitScoringTest {
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> rows = Examples.rows(60);
  private final JavaRDD<DataSet> rdd = spark.parallelize(rows, 3);
  private final JavaRDD<MultiDataSet> multi = rdd.map(DataSet::toMultiDataSet);

  private static EvenstepTrainingMaster master() {
    return new EvenstepTrainingMaster.Builder(10).workers(2).build();
  }

  private SparkDl4jMultiLayer net() {
    return new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), master());
  }

  @Test
  void agreesWithLocalEvaluation() {
    SparkDl4jMultiLayer net = net();
    MultiLayerNetwork local = net.fit(rdd);
    IEvaluation[] expected =
        local.doEvaluation(new ExistingDataSetIterator(Examples.batches(rows, 20)), evaluations());
    requireSame(
        new IEvaluation[] {
          net.evaluate(rdd), net.evaluateRegression(rdd), net.evaluateROCMultiClass(rdd)
        },
        expected);
    requireSame(net.doEvaluation(rdd, 16, evaluations()), expected);
  }

  /** Once with 32 thresholds, once exactly; as a sequential network and as a graph. */
  @Test
  void agreesWithLocalRocOfYesAndNo() {
    List<DataSet> yesOrNo =
        rows.stream()
            .map(row -> new DataSet(row.getFeatures(), row.getLabels().getColumn(0, true)))
            .toList();
    JavaRDD<DataSet> distributed = spark.parallelize(yesOrNo, 3);
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, SmallNetworks.binary(), master());
    MultiLayerNetwork local = net.fit(distributed);
    SparkComputationGraph graph =
        new SparkComputationGraph(spark, local.toComputationGraph(), master());
    ExistingDataSetIterator iterator = new ExistingDataSetIterator(Examples.batches(yesOrNo, 20));
    for (int thresholds : new int[] {32, 0}) {
      iterator.reset();
      ROC expected = local.evaluateROC(iterator, thresholds);
      requireClose(net.evaluateROC(distributed, thresholds, 16), expected);
      requireClose(graph.evaluateROC(distributed, thresholds, 16), expected);
      JavaRDD<MultiDataSet> multi = distributed.map(DataSet::toMultiDataSet);
      requireClose(graph.evaluateROCMDS(multi, thresholds, 16), expected);
    }
  }

  private static void requireClose(ROC roc, ROC expected) {
    assertThat(roc.calculateAUC()).isCloseTo(expected.calculateAUC(), within(1e-6)).isNotZero();
    assertThat(roc.calculateAUCPR()).isCloseTo(expected.calculateAUCPR(), within(1e-6));
  }

  /** Equal except for the order in which the floats of 20 and of 60 rows are summed. */
  @Test
  void agreesWithLocalScores() {
    SparkDl4jMultiLayer net = net();
    MultiLayerNetwork local = net.fit(rdd);
    DataSet all = DataSet.merge(rows);
    assertThat(net.calculateScore(rdd, true)).isCloseTo(local.score(all), within(1e-6));
    requireClose(net.scoreExamples(rdd, true), local.scoreExamples(all, true));
    requireClose(net.scoreExamples(rdd, false), local.scoreExamples(all, false));
  }

  private static void requireClose(JavaDoubleRDD scores, INDArray expected) {
    List<Double> each = scores.collect();
    assertThat(each).hasSize(60);
    for (int i = 0; i < each.size(); i++) {
      assertThat(each.get(i)).isCloseTo(expected.getDouble(i), within(1e-6));
    }
  }

  @Test
  void agreesWithLocalScoresOfAGraph() {
    SparkComputationGraph net = graph();
    ComputationGraph local = net.fit(rdd);
    DataSet all = DataSet.merge(rows);
    assertThat(net.calculateScore(rdd, true)).isCloseTo(local.score(all), within(1e-6));
    assertThat(net.calculateScoreMultiDataSet(multi, true))
        .isCloseTo(local.score(all), within(1e-6));
    requireClose(net.scoreExamples(rdd, true), local.scoreExamples(all, true));
    requireClose(net.scoreExamplesMultiDataSet(multi, false), local.scoreExamples(all, false));
  }

  private SparkComputationGraph graph() {
    return new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), master());
  }

  @Test
  void agreesWithLocalEvaluationOfAGraph() {
    SparkComputationGraph net = graph();
    ComputationGraph local = net.fit(rdd);
    IEvaluation[] expected =
        local.doEvaluation(new ExistingDataSetIterator(Examples.batches(rows, 20)), evaluations());
    requireSame(net.doEvaluationMDS(multi, 16, evaluations()), expected);
    requireSame(net.doEvaluation(rdd, 16, evaluations()), expected);
    requireSame(
        new IEvaluation[] {
          net.evaluate(rdd), net.evaluateRegression(rdd), net.evaluateROCMultiClass(rdd)
        },
        expected);
    requireSame(
        new IEvaluation[] {
          net.evaluateMDS(multi), net.evaluateRegressionMDS(multi), net.evaluateROCMultiClass(rdd)
        },
        expected);
  }

  private static IEvaluation[] evaluations() {
    return new IEvaluation[] {new Evaluation(), new RegressionEvaluation(), new ROCMultiClass(32)};
  }

  private static void requireSame(IEvaluation[] evaluations, IEvaluation[] expected) {
    assertThat(((Evaluation) evaluations[0]).getConfusionMatrix())
        .isEqualTo(((Evaluation) expected[0]).getConfusionMatrix());
    assertThat(((Evaluation) evaluations[0]).getNumRowCounter()).isEqualTo(60);
    assertThat(((RegressionEvaluation) evaluations[1]).averageMeanSquaredError())
        .isCloseTo(((RegressionEvaluation) expected[1]).averageMeanSquaredError(), within(1e-6))
        .isPositive();
    assertThat(((ROCMultiClass) evaluations[2]).calculateAverageAUC())
        .isCloseTo(((ROCMultiClass) expected[2]).calculateAverageAUC(), within(1e-6))
        .isPositive();
  }
}
