package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Two copies of a network: one is fitted on Spark by our training master, the other by DL4J itself,
 * with the rows of all workers in a step as one batch.
 *
 * @param batch rows of a step
 * @param fit fits the one on Spark
 * @param countEpoch tells the other one about the end of an epoch
 */
record TwinNetworks(
    int batch,
    Trainee onSpark,
    Consumer<JavaRDD<MultiDataSet>> fit,
    Trainee alone,
    Runnable countEpoch) {
  private static final int PARTITIONS = 3;

  static TwinNetworks of(
      JavaSparkContext spark,
      MultiLayerConfiguration conf,
      EvenstepTrainingMaster master,
      int batch) {
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, conf.clone(), master);
    SparkDl4jMultiLayer other = new SparkDl4jMultiLayer(spark, conf.clone(), master);
    return new TwinNetworks(
        batch,
        new SequentialTrainee(net),
        rows -> net.fit(rows.map(TwinNetworks::single)),
        new SequentialTrainee(other),
        other.getNetwork()::incrementEpochCount);
  }

  static TwinNetworks of(
      JavaSparkContext spark,
      ComputationGraphConfiguration conf,
      EvenstepTrainingMaster master,
      int batch) {
    SparkComputationGraph net = new SparkComputationGraph(spark, conf.clone(), master);
    SparkComputationGraph other = new SparkComputationGraph(spark, conf.clone(), master);
    return new TwinNetworks(
        batch,
        new GraphTrainee(net),
        net::fitMultiDataSet,
        new GraphTrainee(other),
        other.getNetwork()::incrementEpochCount);
  }

  private static DataSet single(MultiDataSet row) {
    return new DataSet(
        row.getFeatures(0),
        row.getLabels(0),
        row.getFeaturesMaskArray(0),
        row.getLabelsMaskArray(0));
  }

  /** One epoch of each. */
  void fit(List<MultiDataSet> rows) {
    NeuralNetwork local = (NeuralNetwork) alone.model();
    for (int from = 0; from < rows.size(); from += batch) {
      int to = Math.min(rows.size(), from + batch);
      local.fit(org.nd4j.linalg.dataset.MultiDataSet.merge(rows.subList(from, to)));
    }
    countEpoch.run();
    fit.accept(onSpark.spark().parallelize(rows, PARTITIONS));
  }

  /** Parameters, optimizer state, counts and loss are identical. */
  void requireSame() {
    requireSameBits(onSpark.model().params(), alone.model().params());
    requireSameBits(onSpark.updaterState(), alone.updaterState());
    requireSameCounts(1e-12);
  }

  /** Parameters and optimizer state differ by less than that; counts are equal. */
  void requireClose(double limit) {
    requireClose(onSpark.model().params(), alone.model().params(), limit);
    INDArray state = alone.updaterState();
    if (state == null) {
      assertThat(onSpark.updaterState()).isNull();
    } else {
      requireClose(onSpark.updaterState(), state, limit);
    }
    requireSameCounts(limit);
  }

  private void requireSameCounts(double limit) {
    assertThat(onSpark.iterations()).isEqualTo(alone.iterations()).isPositive();
    assertThat(onSpark.epochs()).isEqualTo(alone.epochs()).isPositive();
    Model local = alone.model();
    assertThat(onSpark.model().score()).isCloseTo(local.score(), within(limit));
  }

  private static void requireSameBits(@Nullable INDArray array, @Nullable INDArray expected) {
    assertThat(array == null ? "none" : FlatArrays.sha256(array))
        .isEqualTo(expected == null ? "none" : FlatArrays.sha256(expected));
  }

  private static void requireClose(INDArray array, INDArray expected, double limit) {
    assertThat(array.shape()).isEqualTo(expected.shape());
    assertThat(array.sub(expected).amaxNumber().doubleValue()).isLessThan(limit);
  }
}
