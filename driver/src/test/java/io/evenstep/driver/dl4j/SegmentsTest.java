package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Truncated BPTT: sequences of 6 time steps, cut into segments of 4 and 2, train as in a local fit,
 * over several fits, including the optimizer's state.
 */
@Tag("slow")
class SegmentsTest {
  private static final int BATCH = 8;
  private static final int ROWS = 20; // three batches, the last one shorter
  private static final int FITS = 3;
  private static final int SEGMENT = 4;
  private static final int ITERATIONS_OF_A_FIT = 2 * 3;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> rows = Examples.sequences(ROWS, row -> true);

  private static MultiLayerConfiguration layers(int forward, int back) {
    return SmallNetworks.rnn()
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTForwardLength(forward)
        .tBPTTBackwardLength(back)
        .build();
  }

  private static ComputationGraphConfiguration graph() {
    return SmallNetworks.rnnGraph()
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(SEGMENT)
        .build();
  }

  private static EvenstepTrainingMaster master(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build();
  }

  private void requireLayersAsLocal(MultiLayerConfiguration conf, List<DataSet> examples) {
    requireAsLocal(master -> TwinNetworks.of(spark, conf, master, BATCH), examples);
  }

  /** The bits of a local network with one worker, and nearly the same with four. */
  private static void requireAsLocal(
      Function<EvenstepTrainingMaster, TwinNetworks> trainedBy, List<DataSet> examples) {
    TwinNetworks alone = trainedBy.apply(master(1));
    TwinNetworks together = trainedBy.apply(master(4));
    for (TwinNetworks twins : List.of(alone, together)) {
      for (int fit = 0; fit < FITS; fit++) {
        twins.fit(Examples.multi(examples));
      }
      assertThat(twins.onSpark().iterations()).isEqualTo(FITS * ITERATIONS_OF_A_FIT);
    }
    alone.requireSame();
    together.requireClose(1e-5);
  }

  @Test
  void learnsAsLocallyFitAfterFit() {
    requireLayersAsLocal(layers(SEGMENT, SEGMENT), rows);
  }

  @Test
  void learnsThroughFewerStepsThanItGoesForward() {
    requireLayersAsLocal(layers(SEGMENT, 2), rows);
  }

  @Test
  void leavesOutWhatIsMasked() {
    requireLayersAsLocal(layers(SEGMENT, SEGMENT), masked());
  }

  @Test
  void learnsInAGraphAsLocallyFitAfterFit() {
    requireAsLocal(master -> TwinNetworks.of(spark, graph(), master, BATCH), rows);
  }

  @Test
  void leavesOutWhatIsMaskedInAGraph() {
    requireAsLocal(master -> TwinNetworks.of(spark, graph(), master, BATCH), masked());
  }

  /** Up to three time steps at the end of a row do not count, and neither does its first label. */
  private List<DataSet> masked() {
    List<DataSet> masked = new ArrayList<>();
    for (DataSet row : rows) {
      INDArray mask = Nd4j.ones(1, SmallNetworks.STEPS);
      for (int step = SmallNetworks.STEPS - masked.size() % SEGMENT;
          step < SmallNetworks.STEPS;
          step++) {
        mask.putScalar(0, step, 0);
      }
      INDArray labelMask = mask.dup();
      labelMask.putScalar(0, 0, 0);
      masked.add(new DataSet(row.getFeatures(), row.getLabels(), mask, labelMask));
    }
    return masked;
  }

  /** Two workers with two shards each carry four states from segment to segment. */
  @Test
  void carriesTheStateOfEachShard() {
    String four = shardedLayers(4);
    assertThat(shardedLayers(2)).isEqualTo(four);
    assertThat(shardedLayers(1)).isEqualTo(four);
  }

  @Test
  void carriesTheStateOfEachShardOfAGraph() {
    assertThat(shardedGraph(2)).isEqualTo(shardedGraph(4));
  }

  private String shardedLayers(int workers) {
    return FlatArrays.sha256(
        new SparkDl4jMultiLayer(spark, layers(2, 2), ofFourShards(workers))
            .fit(spark.parallelize(rows, 3))
            .params());
  }

  private String shardedGraph(int workers) {
    return FlatArrays.sha256(
        new SparkComputationGraph(spark, graph(), ofFourShards(workers))
            .fit(spark.parallelize(rows, 3))
            .params());
  }

  private static EvenstepTrainingMaster ofFourShards(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).shards(4).build();
  }

  @Test
  void givesTheSameBitsOnTheStepEngineForAnyNumberOfWorkers() {
    List<String> bits = new ArrayList<>();
    for (int workers : new int[] {1, 2, 4}) {
      SparkDl4jMultiLayer net =
          new SparkDl4jMultiLayer(spark, layers(2, 2), onStepEngine(workers, 4));
      bits.add(FlatArrays.sha256(net.fit(spark.parallelize(masked(), 3)).params()));
      assertThat(net.getNetwork().getIterationCount()).isEqualTo(3 * 3);
    }
    assertThat(bits).containsOnly(bits.get(0));
  }

  private static EvenstepTrainingMaster onStepEngine(int workers, int shards) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers)
        .workers(workers)
        .shards(shards)
        .engine(EngineChoice.STEP)
        .build();
  }

  @Test
  void refusesOnTheStepEngineWhatItDoesNotCover() {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, layers(SEGMENT, 2), onStepEngine(1, 0));
    assertThatThrownBy(() -> net.fit(spark.parallelize(rows, 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("backpropagation through 2 of 4 steps of a segment");
  }

  @Test
  void refusesToCutSequencesOfUnequalLength() {
    List<DataSet> uneven = Examples.sequences(ROWS, row -> row == 0);
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, layers(SEGMENT, SEGMENT), master(1));
    assertThatThrownBy(() -> net.fit(spark.parallelize(uneven, 2)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Cannot do truncated BPTT: all sequences must have the same number of time steps,"
                + " got lengths up to [6]");
  }
}
