package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cli.ConsoleLog;
import io.evenstep.model.DataException;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Examples that cannot be used are found before training, and named. */
class ExampleChecksTest {
  private static final int ROWS = 30;
  private static final String FINITE = " must hold finite numbers of single precision, got ";

  @TempDir private Path folder;
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final SparkDl4jMultiLayer net = layers(SmallNetworks.mlp(new Adam(0.01)));
  private final List<DataSet> rows = Examples.rows(ROWS);

  private static EvenstepTrainingMaster master() {
    return new EvenstepTrainingMaster.Builder().batchSizePerWorker(8).workers(2).build();
  }

  private SparkDl4jMultiLayer layers(MultiLayerConfiguration configuration) {
    return new SparkDl4jMultiLayer(spark, configuration, master());
  }

  private SparkComputationGraph wideGraph() {
    return new SparkComputationGraph(spark, SmallNetworks.wideGraph(new Adam(0.01)), master());
  }

  private void requireRefused(List<DataSet> examples, String message) {
    requireRefused(() -> net.fit(spark.parallelize(examples, 3)), message);
  }

  private static void requireRefused(ThrowingCallable fit, String message) {
    assertThatThrownBy(fit).isInstanceOf(DataException.class).hasMessage(message);
  }

  /** Examples are counted across all partitions, and one by one within a DataSet. */
  @Test
  void anExampleThatIsNotFiniteIsNamedByItsNumber() {
    rows.get(16).getFeatures().putScalar(0, 3, Float.NaN);
    rows.get(28).getFeatures().putScalar(0, 3, Float.NaN);
    requireRefused(rows, "Invalid example 17: features 0" + FINITE + "NaN");
    requireRefused(Examples.batches(rows, 7), "Invalid example 17: features 0" + FINITE + "NaN");

    List<DataSet> labels = Examples.rows(ROWS);
    labels.get(29).getLabels().putScalar(0, 1, Float.POSITIVE_INFINITY);
    requireRefused(labels, "Invalid example 30: labels 0" + FINITE + "Infinity");

    List<MultiDataSet> wide = new ArrayList<>();
    Examples.pairs(4).forEach(pair -> wide.add((MultiDataSet) pair));
    wide.get(2).getFeatures(1).putScalar(0, 1, Float.NEGATIVE_INFINITY);
    requireRefused(
        () -> wideGraph().fitMultiDataSet(spark.parallelize(List.copyOf(wide), 2)),
        "Invalid example 3: features 1" + FINITE + "-Infinity");
  }

  @Test
  void aNumberBeyondSinglePrecisionAndAMaskThatIsNoNumberAreNamed() {
    INDArray large = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4, 1e300}});
    rows.set(5, new DataSet(large, Examples.oneHot(1)));
    requireRefused(rows, "Invalid example 6: features 0" + FINITE + "Infinity");

    List<DataSet> sequences = Examples.sequences(4, row -> true);
    INDArray mask = Nd4j.ones(1, SmallNetworks.STEPS);
    mask.putScalar(0, 2, Float.NaN);
    sequences.get(1).setLabelsMaskArray(mask);
    requireRefused(
        () -> layers(SmallNetworks.rnn().build()).fit(spark.parallelize(sequences, 2)),
        "Invalid example 2: mask of labels 0" + FINITE + "NaN");
  }

  @Test
  void anExampleThatIsNotThereIsNamedByItsNumber() {
    List<DataSet> holes = new ArrayList<>(rows);
    holes.set(12, null);
    requireRefused(holes, "Invalid example 13: must be a DataSet or MultiDataSet, got null");
    holes.set(4, new DataSet(Nd4j.ones(1, SmallNetworks.IN), null));
    requireRefused(
        holes, "Invalid example 5: must have features and labels, got only one of them or neither");
    holes.set(3, new DataSet());
    requireRefused(
        holes, "Invalid example 4: must have features and labels, got only one of them or neither");
  }

  @Test
  void shapesThatTheNetworkDoesNotTakeAreNamedWithThoseItTakes() {
    requireRefused(
        List.of(new DataSet(Nd4j.ones(1, SmallNetworks.IN), Nd4j.ones(1, 4))),
        "Invalid examples: labels 0 must have the shape [3] for this network (its output layer"
            + " gives 3 numbers), got [4]");
    requireRefused(
        List.of(new DataSet(Nd4j.ones(2, 6), Nd4j.ones(2, SmallNetworks.CLASSES))),
        "Invalid examples: features 0 must have the shape [5] for this network (its first layer"
            + " expects 5 numbers), got [6]");
    requireRefused(
        () ->
            layers(SmallNetworks.rnn().build())
                .fit(spark.parallelize(List.of(new DataSet(Nd4j.ones(1, 5, 4), Nd4j.ones(1, 3))))),
        "Invalid examples: labels 0 must have the shape [3, time] for this network (its output"
            + " layer gives 3 numbers), got [3]");
    requireRefused(
        () -> wideGraph().fit(spark.parallelize(rows, 2)),
        "Invalid examples: must have 2 arrays of features for this network, got 1");
    List<DataSet> wrong = List.of(new DataSet(Nd4j.ones(1, SmallNetworks.IN), Nd4j.ones(1, 2)));
    requireRefused(
        () ->
            new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), master())
                .fit(spark.parallelize(wrong, 1)),
        "Invalid examples: labels 0 must have the shape [3] for this network (its output layer"
            + " gives 3 numbers), got [2]");
  }

  /** If labels are indexes, their number differs from the number of outputs. */
  @Test
  void indexesOfClassesAreTaken() {
    MultiLayerConfiguration sparse =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(0.01))
            .list()
            .layer(
                new OutputLayer.Builder(new LossSparseMCXENT())
                    .nIn(SmallNetworks.IN)
                    .nOut(SmallNetworks.CLASSES)
                    .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                    .build())
            .build();
    SparkDl4jMultiLayer indexed = layers(sparse);
    indexed.fit(spark.parallelize(List.of(new DataSet(Nd4j.ones(4, 5), Nd4j.ones(4, 1))), 1));
    assertThat(indexed.getNetwork().getIterationCount()).isEqualTo(1);
  }

  /** A refusal from an executor is the same exception as one from the driver. */
  @Test
  void aFileThatIsNoDataSetIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("1.bin"), "no examples");
    assertThatThrownBy(() -> net.fitPaths(spark.parallelize(List.of(file.toUri().toString()), 1)))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot read examples from " + file.toUri() + ": it ends too early");
  }

  /** Like DL4J's master: nothing is trained, and the epoch counts. */
  @Test
  void noExamplesLeaveTheNetworkAsItIs() {
    String before = FlatArrays.sha256(net.getNetwork().params());
    JavaRDD<DataSet> none = spark.parallelize(List.<DataSet>of(), 2);
    try (ConsoleLog log = ConsoleLog.open(Level.WARN)) {
      net.fit(none);
      net.fit(rows.isEmpty() ? none : spark.parallelize(rows, 2).filter(row -> false));
      net.fitPaths(spark.parallelize(List.<String>of(), 1));
      assertThat(log.toString()).contains("The RDD has no examples: the network is unchanged");
    }
    SparkComputationGraph graph = wideGraph();
    graph.fit(none);
    assertThat(FlatArrays.sha256(net.getNetwork().params())).isEqualTo(before);
    assertThat(net.getNetwork().getIterationCount()).isZero();
    assertThat(net.getNetwork().getEpochCount()).isEqualTo(3);
    assertThat(graph.getNetwork().getConfiguration().getEpochCount()).isEqualTo(1);
  }
}
