package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Scenarios of DL4J's own tests of its Spark layer with a training master that no other test
 * covers. The drop-in's page lists all of them.
 */
@Tag("slow")
class Dl4jScenariosTest {
  private static final int WORKERS = 4;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(WORKERS).sparkContext());

  private static EvenstepTrainingMaster averaging(int rows, int everySteps) {
    return new EvenstepTrainingMaster(true, WORKERS, 1, rows, everySteps, 0);
  }

  private SparkDl4jMultiLayer layers(EvenstepTrainingMaster master) {
    return new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Nesterovs(0.1, 0.9)), master);
  }

  private static String bits(INDArray array) {
    return FlatArrays.sha256(array);
  }

  @Test
  void fitsLabeledPointsAsTheirDataSets() {
    Random random = new Random(4);
    List<LabeledPoint> points = new ArrayList<>();
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      INDArray numbers = Examples.numbers(random, 0, 1, SmallNetworks.IN);
      points.add(new LabeledPoint(i % 3, Vectors.dense(numbers.toDoubleVector())));
      rows.add(new DataSet(numbers, Examples.oneHot(i % 3)));
    }
    INDArray trained =
        layers(averaging(5, 1)).fitLabeledPoint(spark.parallelize(points, 2)).params();
    assertThat(bits(trained))
        .isEqualTo(bits(layers(averaging(5, 1)).fit(spark.parallelize(rows, 2)).params()));
  }

  @Test
  void leavesTheUpdatersConfigurationAsItIs() {
    SparkDl4jMultiLayer net = layers(averaging(10, 1));
    net.fit(spark.parallelize(Examples.rows(40), 4));
    assertThat(((BaseLayer) net.getNetwork().conf().getLayer()).getIUpdater())
        .isEqualTo(new Nesterovs(0.1, 0.9));
  }

  @Test
  void averagesOverWorkersThatHaveNoExamples() {
    SparkDl4jMultiLayer net = layers(averaging(10, 1));
    String before = bits(net.getNetwork().params());
    net.fit(spark.parallelize(Examples.rows(2), 2));
    assertThat(bits(net.getNetwork().params())).isNotEqualTo(before);
    assertThat(net.getNetwork().params().isNaN().any()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10})
  void countsTheStepsOfAWorkerHoweverOftenItAverages(int everySteps) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(WORKERS, 5)
            .batchSizePerWorker(5)
            .averagingFrequency(everySteps)
            .repartionData(Repartition.Always)
            .build();
    SparkDl4jMultiLayer net = layers(master);
    SparkComputationGraph graph =
        new SparkComputationGraph(spark, SmallNetworks.graph(new Sgd(0.1)), master);
    JavaRDD<DataSet> rows =
        spark.parallelize(Examples.batches(Examples.rows(10 * 5 * WORKERS), 5), 4);
    for (int epoch = 1; epoch <= 2; epoch++) {
      net.fit(rows);
      graph.fit(rows);
      assertThat(net.getNetwork().getIterationCount()).isEqualTo(10 * epoch);
      assertThat(graph.getNetwork().getConfiguration().getIterationCount()).isEqualTo(10 * epoch);
      assertThat(net.getNetwork().getLayerWiseConfigurations().getEpochCount()).isEqualTo(epoch);
      assertThat(graph.getNetwork().getConfiguration().getEpochCount()).isEqualTo(epoch);
    }
    assertThat(master.deleteTempFiles(spark)).isTrue();
  }

  @Test
  void fitsAGraphOnMultiDataSetsAndThenOnDataSets() {
    SparkComputationGraph graph =
        new SparkComputationGraph(spark, SmallNetworks.graph(new Sgd(0.1)), averaging(10, 1));
    List<DataSet> rows = Examples.rows(40);
    graph.fitMultiDataSet(spark.parallelize(Examples.multi(rows), 4));
    String between = bits(graph.getNetwork().params());
    graph.fit(spark.parallelize(rows, 4));
    assertThat(bits(graph.getNetwork().params())).isNotEqualTo(between);
    assertThat(graph.getNetwork().getConfiguration().getIterationCount()).isEqualTo(2);
  }

  /** Double examples for a network of floats, several per MultiDataSet, with dropout. */
  @Test
  void castsTheExamplesToTheNetworksType() {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.01))
            .graphBuilder()
            .addInputs("one", "two")
            .addVertex("mean", new ElementWiseVertex(ElementWiseVertex.Op.Average), "one", "two")
            .addLayer(
                "dense",
                new DenseLayer.Builder().dropOut(0.9).nIn(SmallNetworks.IN).nOut(7).build(),
                "mean")
            .addLayer("out", SmallNetworks.output(7), "dense")
            .setOutputs("out")
            .build();
    List<MultiDataSet> rows = new ArrayList<>();
    for (DataSet batch : Examples.batches(Examples.rows(20), 5)) {
      INDArray features = batch.getFeatures().castTo(DataType.DOUBLE);
      INDArray labels = batch.getLabels().castTo(DataType.DOUBLE);
      rows.add(
          new org.nd4j.linalg.dataset.MultiDataSet(
              new INDArray[] {features, features.mul(2)}, new INDArray[] {labels}));
    }
    SparkComputationGraph graph = new SparkComputationGraph(spark, configuration, averaging(5, 5));
    for (int fit = 0; fit < 3; fit++) {
      graph.fitMultiDataSet(spark.parallelize(rows, 2));
    }
    assertThat(graph.getNetwork().params().dataType()).isEqualTo(DataType.FLOAT);
    assertThat(graph.getScore()).isPositive().isFinite();
  }

  @Test
  void leavesAGraphsFrozenLayersAsTheyAre() {
    ComputationGraph original =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "low", new DenseLayer.Builder().nIn(SmallNetworks.IN).nOut(4).build(), "in")
                .addLayer("high", new DenseLayer.Builder().nIn(4).nOut(4).build(), "low")
                .addLayer("out", SmallNetworks.output(4), "high")
                .setOutputs("out")
                .build());
    original.init();
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(original)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Sgd(0.1)).build())
            .setFeatureExtractor("low")
            .build();
    SparkComputationGraph graph = new SparkComputationGraph(spark, frozen, averaging(8, 2));
    graph.fit(spark.parallelize(Examples.rows(64), 4));
    frozen
        .paramTable()
        .forEach(
            (name, trained) -> {
              boolean isSame = bits(trained.dup()).equals(bits(original.getParam(name).dup()));
              assertThat(isSame).as(name).isEqualTo(name.startsWith("low_"));
            });
  }
}
