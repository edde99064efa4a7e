package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.DataException;
import io.evenstep.model.network.FlatArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Time series: masked, of unequal length, and learned from in segments. */
@Tag("slow")
class SequencesTest {
  private static final int BATCH = 8;
  private static final int ROWS = 20;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  /** Sequences with a class for each step; the longest has {@link Nets#STEPS} of them. */
  private static List<DataSet> sequences(boolean even) {
    Random random = new Random(3);
    List<DataSet> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int steps = even || i % BATCH == 0 ? Nets.STEPS : 1 + random.nextInt(Nets.STEPS);
      INDArray labels = Nd4j.zeros(1, Nets.CLASSES, steps);
      for (int step = 0; step < steps; step++) {
        labels.putScalar(new int[] {0, random.nextInt(Nets.CLASSES), step}, 1);
      }
      rows.add(new DataSet(Examples.numbers(random, 0, 1, Nets.IN, steps), labels));
    }
    return rows;
  }

  private SparkDl4jMultiLayer net(MultiLayerConfiguration conf, int workers) {
    return new SparkDl4jMultiLayer(
        spark,
        conf.clone(),
        new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build());
  }

  private static MultiLayerNetwork local(MultiLayerConfiguration conf, List<DataSet> rows) {
    MultiLayerNetwork local = new MultiLayerNetwork(conf.clone());
    local.init();
    for (int epoch = 0; epoch < 2; epoch++) {
      Examples.batches(rows, BATCH).forEach(local::fit);
    }
    return local;
  }

  private SparkDl4jMultiLayer twoFits(
      MultiLayerConfiguration conf, List<DataSet> rows, int workers) {
    SparkDl4jMultiLayer net = net(conf, workers);
    net.fit(spark.parallelize(rows, 3));
    net.fit(spark.parallelize(rows, 3));
    return net;
  }

  @Test
  void masksWhatShorterSequencesLack() {
    MultiLayerConfiguration conf = Nets.rnn().build();
    List<DataSet> rows = sequences(false);
    MultiLayerNetwork local = local(conf, rows);
    for (int workers : new int[] {1, 4}) {
      SparkDl4jMultiLayer net = twoFits(conf, rows, workers);
      assertClose(net.getNetwork().params(), local.params());
      assertThat(net.getScore()).isCloseTo(local.score(), within(1e-5));
    }
  }

  @Test
  void learnsInSegmentsAsLocally() {
    MultiLayerConfiguration conf =
        Nets.rnn().backpropType(BackpropType.TruncatedBPTT).tBPTTLength(4).build();
    List<DataSet> rows = sequences(true);
    MultiLayerNetwork local = local(conf, rows);
    SparkDl4jMultiLayer alone = twoFits(conf, rows, 1);
    assertThat(FlatArrays.sha256(alone.getNetwork().params()))
        .isEqualTo(FlatArrays.sha256(local.params()));
    assertThat(alone.getNetwork().getIterationCount()).isEqualTo(2 * 2 * 3);
    assertThat(local.getIterationCount()).isEqualTo(2 * 2 * 3);
    SparkDl4jMultiLayer together = twoFits(conf, rows, 4);
    assertClose(together.getNetwork().params(), local.params());
    assertThat(together.getScore()).isCloseTo(local.score(), within(1e-5));
  }

  /** Two workers with two shards each carry four states from segment to segment. */
  @Test
  void carriesTheStateOfEachShard() {
    MultiLayerConfiguration conf =
        Nets.rnn().backpropType(BackpropType.TruncatedBPTT).tBPTTLength(2).build();
    List<DataSet> rows = sequences(true);
    String four = FlatArrays.sha256(sharded(conf, rows, 4));
    assertThat(FlatArrays.sha256(sharded(conf, rows, 2))).isEqualTo(four);
    assertThat(FlatArrays.sha256(sharded(conf, rows, 1))).isEqualTo(four);
  }

  private INDArray sharded(MultiLayerConfiguration conf, List<DataSet> rows, int workers) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).shards(4).build();
    return new SparkDl4jMultiLayer(spark, conf.clone(), master)
        .fit(spark.parallelize(rows, 3))
        .params();
  }

  @Test
  void learnsInSegmentsInAGraph() {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.01))
            .graphBuilder()
            .addInputs("in")
            .addLayer("lstm", new LSTM.Builder().nIn(Nets.IN).nOut(6).build(), "in")
            .addLayer(
                "out",
                new RnnOutputLayer.Builder()
                    .nIn(6)
                    .nOut(Nets.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "lstm")
            .setOutputs("out")
            .setInputTypes(InputType.recurrent(Nets.IN))
            .backpropType(BackpropType.TruncatedBPTT)
            .tBPTTLength(4)
            .build();
    List<DataSet> rows = sequences(true);
    ComputationGraph local = new ComputationGraph(conf.clone());
    local.init();
    Examples.batches(rows, BATCH).forEach(local::fit);
    SparkComputationGraph net =
        new SparkComputationGraph(
            spark, conf, new EvenstepTrainingMaster.Builder(2).workers(4).build());
    net.fit(spark.parallelize(rows, 3));
    assertClose(net.getNetwork().params(), local.params());
  }

  @Test
  void refusesToCutSequencesOfUnequalLength() {
    MultiLayerConfiguration conf =
        Nets.rnn().backpropType(BackpropType.TruncatedBPTT).tBPTTLength(4).build();
    assertThatThrownBy(() -> net(conf, 1).fit(spark.parallelize(sequences(false), 2)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot do truncated BPTT: all sequences must have the same number of steps in time,"
                + " got lengths up to [6]");
  }

  private static void assertClose(INDArray parameters, INDArray expected) {
    assertThat(parameters.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-5);
  }
}
