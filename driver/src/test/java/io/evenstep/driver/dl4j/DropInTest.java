package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cli.ConsoleLog;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;

/** Code written for DL4J's masters works with Evenstep's class instead. */
@Tag("slow")
class DropInTest {
  private static final int BATCH = 10;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> rows = Examples.rows(BATCH);
  private final JavaRDD<DataSet> rdd = spark.parallelize(rows, 3);

  private SparkDl4jMultiLayer layers(MultiLayerConfiguration conf, TrainingMaster<?, ?> master) {
    return new SparkDl4jMultiLayer(spark, conf, master);
  }

  /** AdaGrad and similar optimizers start with a state that is not zero. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void withoutSaveUpdaterEachFitBeginsWithANewState(int averagingFrequency) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(1, 1)
            .batchSizePerWorker(BATCH)
            .averagingFrequency(averagingFrequency)
            .saveUpdater(false)
            .build();
    SparkDl4jMultiLayer net = layers(SmallNetworks.mlp(new RmsProp(0.05)), master);
    SparkComputationGraph graph =
        new SparkComputationGraph(spark, SmallNetworks.graph(new RmsProp(0.05)), master);
    MultiLayerNetwork local = new MultiLayerNetwork(SmallNetworks.mlp(new RmsProp(0.05)));
    local.init();
    ComputationGraph localGraph = new ComputationGraph(SmallNetworks.graph(new RmsProp(0.05)));
    localGraph.init();
    String state = FlatArrays.sha256(net.getNetwork().getUpdater().getStateViewArray());

    for (int fit = 0; fit < 3; fit++) {
      local.setUpdater(null);
      local.fit(DataSet.merge(rows));
      localGraph.setUpdater(null);
      localGraph.fit(DataSet.merge(rows));
      net.fit(rdd);
      graph.fit(rdd);
    }
    requireSameBits(net.getNetwork().params(), local.params());
    requireSameBits(graph.getNetwork().params(), localGraph.params());
    assertThat(FlatArrays.sha256(net.getNetwork().getUpdater().getStateViewArray()))
        .as("the driver's own state, as with DL4J's master")
        .isEqualTo(state);
  }

  private static void requireSameBits(INDArray array, INDArray expected) {
    assertThat(FlatArrays.sha256(array)).isEqualTo(FlatArrays.sha256(expected));
  }

  @Test
  void aNetworkInDoublesIsTrainedInFloatsWithAWarningAndStaysInDoubles() {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder().batchSizePerWorker(BATCH).workers(1).build();
    MultiLayerNetwork floats = new MultiLayerNetwork(SmallNetworks.mlp(new Adam(0.01)));
    floats.init();
    MultiLayerNetwork doubles = floats.convertDataType(DataType.DOUBLE);
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, doubles, master);
    ComputationGraph graph = new ComputationGraph(SmallNetworks.graph(new Adam(0.01)));
    graph.init();
    ComputationGraph doubleGraph = graph.convertDataType(DataType.DOUBLE);
    SparkComputationGraph graphNet = new SparkComputationGraph(spark, doubleGraph, master);
    try (ConsoleLog log = ConsoleLog.open(Level.WARN)) {
      for (int fit = 0; fit < 2; fit++) {
        net.fit(rdd);
        graphNet.fit(rdd);
        floats.fit(DataSet.merge(rows));
        graph.fit(DataSet.merge(rows));
      }
      assertThat(log.toString())
          .contains("The network has data type DOUBLE. It is trained in single precision (FLOAT)");
    }
    requireClose(doubles.params(), floats.params());
    requireClose(doubles.getUpdater().getStateViewArray(), floats.getUpdater().getStateViewArray());
    requireClose(doubleGraph.params(), graph.params());
    assertThat(doubles.getIterationCount()).isEqualTo(2);
    assertThat(doubles.score()).isCloseTo(floats.score(), within(1e-6));
    assertThat(doubles.output(rows.get(0).getFeatures().castTo(DataType.DOUBLE)).dataType())
        .isEqualTo(DataType.DOUBLE);
  }

  private static void requireClose(INDArray doubles, INDArray floats) {
    assertThat(doubles.dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(doubles.castTo(DataType.FLOAT).sub(floats).amaxNumber().doubleValue())
        .isLessThan(1e-6);
  }

  /** Once per master, however many fits it does. */
  @Test
  void theFirstFitSaysWhereDl4jsMasterWouldDoSomethingElse() {
    SparkDl4jMultiLayer silent =
        layers(SmallNetworks.mlp(new Adam(0.01)), new EvenstepTrainingMaster.Builder(1).build());
    try (ConsoleLog log = ConsoleLog.open(Level.WARN)) {
      silent.fit(rdd);
      silent.fit(rdd);
      assertThat(log.toString())
          .containsOnlyOnce("DL4J's master would take 16")
          .containsOnlyOnce("DL4J's master averages parameters every 5 steps");
    }
    SparkDl4jMultiLayer explicit =
        layers(
            SmallNetworks.mlp(new Adam(0.01)),
            new EvenstepTrainingMaster.Builder().batchSizePerWorker(4).build());
    try (ConsoleLog log = ConsoleLog.open(Level.WARN)) {
      explicit.fit(rdd);
      assertThat(log.toString()).doesNotContain("DL4J");
    }
  }

  /** DL4J's configuration classes are not needed: any object can replace them. */
  @Test
  void settingsOfDl4jsSharedTrainingBecomeExactSumsAndTheLogSaysSo() {
    EvenstepTrainingMaster master =
        new SharedTrainingBuilder(new Object(), 2, new AdaptiveThresholdAlgorithm(1e-3), 1)
            .batchSizePerWorker(5)
            .workersPerNode(1)
            .updatesThreshold(1e-4)
            .residualPostProcessor(null)
            .transport(null)
            .repartitioner(null)
            .workerTogglePeriodicGC(true)
            .workerPeriodicGCFrequency(5_000)
            .encodingDebugMode(false)
            .debugLongerIterations(0)
            .build();
    SparkDl4jMultiLayer net = layers(SmallNetworks.mlp(new Adam(0.01)), master);
    try (ConsoleLog log = ConsoleLog.open(Level.WARN)) {
      net.fit(rdd);
      assertThat(log.toString())
          .contains("only job files have compressed sharing of gradients")
          .contains("VoidConfiguration has no effect")
          .contains("thresholdAlgorithm has no effect", "updatesThreshold has no effect")
          .contains("residualPostProcessor has no effect", "transport has no effect")
          .doesNotContain("workersPerNode");
    }
    EvenstepTrainingMaster exact =
        new EvenstepTrainingMaster.Builder().batchSizePerWorker(5).workers(2).build();
    assertThat(master).isEqualTo(exact);
    SparkDl4jMultiLayer other = layers(SmallNetworks.mlp(new Adam(0.01)), exact);
    requireSameBits(net.getNetwork().params(), other.fit(rdd).params());
    assertThat(new SharedTrainingBuilder(32).build())
        .isEqualTo(new EvenstepTrainingMaster.Builder(32).build())
        .isEqualTo(new SharedTrainingBuilder(new Object(), 32).workersPerNode(4).build())
        .isEqualTo(new SharedTrainingBuilder(new AdaptiveThresholdAlgorithm(), 32).build())
        .isEqualTo(new SharedTrainingBuilder(new Object(), null, 1e-3, 32).build());
  }
}
