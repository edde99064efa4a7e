package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.DataException;
import io.evenstep.model.network.FlatArrays;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Truncated BPTT: sequences of 6 steps in time, cut in segments of 4 and 2, learned from as a local
 * fit does, fit after fit, the optimizer's state with them.
 */
@Tag("slow")
class SegmentsTest {
  private static final int BATCH = 8;
  private static final int ROWS = 20; // [three batches, the last one shorter]
  private static final int FITS = 3;
  private static final int SEGMENT = 4;
  private static final int ITERATIONS_OF_A_FIT = 2 * 3;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> rows = Examples.sequences(ROWS, row -> true);

  private static MultiLayerConfiguration layers(int forward, int back) {
    return Nets.rnn()
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTForwardLength(forward)
        .tBPTTBackwardLength(back)
        .build();
  }

  private static EvenstepTrainingMaster master(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build();
  }

  private SparkDl4jMultiLayer fits(
      MultiLayerConfiguration conf, List<DataSet> examples, int workers) {
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, conf.clone(), master(workers));
    for (int fit = 0; fit < FITS; fit++) {
      net.fit(spark.parallelize(examples, 3));
    }
    return net;
  }

  private static MultiLayerNetwork local(MultiLayerConfiguration conf, List<DataSet> examples) {
    MultiLayerNetwork local = new MultiLayerNetwork(conf.clone());
    local.init();
    for (int fit = 0; fit < FITS; fit++) {
      Examples.batches(examples, BATCH).forEach(local::fit);
    }
    return local;
  }

  private void requireAsLocal(MultiLayerConfiguration conf, List<DataSet> examples) {
    MultiLayerNetwork local = local(conf, examples);
    INDArray state = local.getUpdater().getStateViewArray();
    SparkDl4jMultiLayer alone = fits(conf, examples, 1);
    assertSame(alone.getNetwork().params(), local.params());
    assertSame(alone.getNetwork().getUpdater().getStateViewArray(), state);
    SparkDl4jMultiLayer together = fits(conf, examples, 4);
    assertClose(together.getNetwork().params(), local.params());
    assertClose(together.getNetwork().getUpdater().getStateViewArray(), state);
    for (SparkDl4jMultiLayer net : List.of(alone, together)) {
      assertThat(net.getScore()).isCloseTo(local.score(), within(1e-5));
      assertThat(net.getNetwork().getIterationCount()).isEqualTo(FITS * ITERATIONS_OF_A_FIT);
    }
    assertThat(local.getIterationCount()).isEqualTo(FITS * ITERATIONS_OF_A_FIT);
  }

  @Test
  void learnsAsLocallyFitAfterFit() {
    requireAsLocal(layers(SEGMENT, SEGMENT), rows);
  }

  @Test
  void learnsThroughFewerStepsThanItGoesForward() {
    requireAsLocal(layers(SEGMENT, 2), rows);
  }

  @Test
  void leavesOutWhatIsMasked() {
    List<DataSet> masked = new ArrayList<>();
    for (DataSet row : rows) {
      INDArray mask = Nd4j.ones(1, Nets.STEPS);
      for (int step = Nets.STEPS - masked.size() % SEGMENT; step < Nets.STEPS; step++) {
        mask.putScalar(0, step, 0);
      }
      masked.add(new DataSet(row.getFeatures(), row.getLabels(), mask, mask.dup()));
    }
    requireAsLocal(layers(SEGMENT, SEGMENT), masked);
  }

  /** Two workers with two shards each carry four states from segment to segment. */
  @Test
  void carriesTheStateOfEachShard() {
    String four = FlatArrays.sha256(sharded(4));
    assertThat(FlatArrays.sha256(sharded(2))).isEqualTo(four);
    assertThat(FlatArrays.sha256(sharded(1))).isEqualTo(four);
  }

  private INDArray sharded(int workers) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).shards(4).build();
    return new SparkDl4jMultiLayer(spark, layers(2, 2), master)
        .fit(spark.parallelize(rows, 3))
        .params();
  }

  @Test
  void learnsInAGraphAsLocallyFitAfterFit() {
    ComputationGraphConfiguration conf = Nets.rnnGraph(SEGMENT);
    ComputationGraph local = new ComputationGraph(conf.clone());
    local.init();
    SparkComputationGraph alone = new SparkComputationGraph(spark, conf.clone(), master(1));
    SparkComputationGraph together = new SparkComputationGraph(spark, conf.clone(), master(4));
    for (int fit = 0; fit < FITS; fit++) {
      Examples.batches(rows, BATCH).forEach(local::fit);
      alone.fit(spark.parallelize(rows, 3));
      together.fit(spark.parallelize(rows, 3));
    }
    INDArray state = local.getUpdater().getStateViewArray();
    assertSame(alone.getNetwork().params(), local.params());
    assertSame(alone.getNetwork().getUpdater().getStateViewArray(), state);
    assertClose(together.getNetwork().params(), local.params());
    assertClose(together.getNetwork().getUpdater().getStateViewArray(), state);
    assertThat(together.getNetwork().getConfiguration().getIterationCount())
        .isEqualTo(FITS * ITERATIONS_OF_A_FIT);
  }

  @Test
  void refusesToCutSequencesOfUnequalLength() {
    List<DataSet> uneven = Examples.sequences(ROWS, row -> row == 0);
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, layers(SEGMENT, SEGMENT), master(1));
    assertThatThrownBy(() -> net.fit(spark.parallelize(uneven, 2)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot do truncated BPTT: all sequences must have the same number of steps in time,"
                + " got lengths up to [6]");
  }

  private static void assertSame(INDArray array, INDArray expected) {
    assertThat(FlatArrays.sha256(array)).isEqualTo(FlatArrays.sha256(expected));
  }

  private static void assertClose(INDArray array, INDArray expected) {
    assertThat(array.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-5);
  }
}
