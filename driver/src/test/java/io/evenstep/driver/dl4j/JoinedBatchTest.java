package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Four workers train as one local network does that takes their batches joined. */
@Tag("slow")
class JoinedBatchTest {
  private static final int WORKERS = 4;
  private static final int BATCH = 4; // [of a worker]
  private static final int ROWS = 5 * WORKERS * BATCH + 3;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(WORKERS).sparkContext());

  private static EvenstepTrainingMaster allReduce() {
    return new EvenstepTrainingMaster.Builder(BATCH).workers(WORKERS).build();
  }

  private static EvenstepTrainingMaster averaging() {
    return new EvenstepTrainingMaster.Builder(BATCH).workers(WORKERS).averagingFrequency(1).build();
  }

  @Test
  void sumsTheGradientsOfDenseLayers() {
    equalsLocal(Nets.mlp(new Adam(0.01)), Examples.rows(ROWS), allReduce());
  }

  @Test
  void sumsTheGradientsOfConvolutions() {
    equalsLocal(Nets.cnn(new Adam(0.01)), Examples.images(ROWS), allReduce());
  }

  /** With plain SGD the mean of the parameters is the step of the mean gradient. */
  @Test
  void averagesDenseLayersEachStep() {
    equalsLocal(Nets.mlp(new Sgd(0.1)), Examples.rows(ROWS), averaging());
  }

  @Test
  void averagesConvolutionsEachStep() {
    equalsLocal(Nets.cnn(new Sgd(0.1)), Examples.images(ROWS), averaging());
  }

  private void equalsLocal(
      MultiLayerConfiguration conf, List<DataSet> rows, EvenstepTrainingMaster master) {
    MultiLayerNetwork local = new MultiLayerNetwork(conf.clone());
    local.init();
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, conf, master);
    for (int epoch = 0; epoch < 2; epoch++) {
      Examples.batches(rows, WORKERS * BATCH).forEach(local::fit);
      net.fit(spark.parallelize(rows, 3));
    }
    assertClose(net.getNetwork().params(), local.params());
  }

  @Test
  void trainsAGraphOfOneInput() {
    List<DataSet> rows = Examples.rows(ROWS);
    for (EvenstepTrainingMaster master : List.of(allReduce(), averaging())) {
      ComputationGraph local = new ComputationGraph(Nets.graph(new Sgd(0.1)));
      local.init();
      Examples.batches(rows, WORKERS * BATCH).forEach(local::fit);
      SparkComputationGraph net =
          new SparkComputationGraph(spark, Nets.graph(new Sgd(0.1)), master);
      net.fit(spark.parallelize(rows, 3));
      assertClose(net.getNetwork().params(), local.params());
      assertThat(net.getNetwork().getConfiguration().getIterationCount()).isEqualTo(6);
      assertThat(net.getNetwork().getConfiguration().getEpochCount()).isEqualTo(1);
    }
  }

  @Test
  void sumsTheGradientsOfAGraphOfTwoInputsAndTwoOutputs() {
    wideEqualsLocal(new Adam(0.01), allReduce());
  }

  @Test
  void averagesAGraphOfTwoInputsAndTwoOutputsEachStep() {
    wideEqualsLocal(new Sgd(0.1), averaging());
  }

  private void wideEqualsLocal(IUpdater updater, EvenstepTrainingMaster master) {
    List<MultiDataSet> rows = pairs(ROWS);
    ComputationGraph local = new ComputationGraph(Nets.wideGraph(updater));
    local.init();
    SparkComputationGraph net = new SparkComputationGraph(spark, Nets.wideGraph(updater), master);
    for (int epoch = 0; epoch < 2; epoch++) {
      for (int from = 0; from < ROWS; from += WORKERS * BATCH) {
        int to = Math.min(ROWS, from + WORKERS * BATCH);
        local.fit(org.nd4j.linalg.dataset.MultiDataSet.merge(rows.subList(from, to)));
      }
      net.fitMultiDataSet(spark.parallelize(rows, 3));
    }
    assertClose(net.getNetwork().params(), local.params());
    assertThat(net.getScore()).isCloseTo(local.score(), within(1e-6));
  }

  private static List<MultiDataSet> pairs(int count) {
    Random random = new Random(9);
    List<MultiDataSet> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(Nets.CLASSES);
      INDArray[] inputs = {
        Examples.numbers(random, label, 1, Nets.IN), Examples.numbers(random, label, 1, 2)
      };
      INDArray[] outputs = {Examples.oneHot(label), Examples.numbers(random, label, 1, 1)};
      rows.add(new org.nd4j.linalg.dataset.MultiDataSet(inputs, outputs));
    }
    return rows;
  }

  private static void assertClose(INDArray parameters, INDArray expected) {
    assertThat(parameters.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-6);
  }
}
