package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Networks with more than dense layers train as they do locally; and saved networks. */
@Tag("slow")
class NetworksTest {
  private static final int BATCH = 8;

  @TempDir private Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());
  private final List<DataSet> rows = Examples.rows(20);

  private SparkDl4jMultiLayer net(MultiLayerConfiguration conf, int workers) {
    return new SparkDl4jMultiLayer(
        spark,
        conf.clone(),
        new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build());
  }

  private TwinNetworks fitTwice(MultiLayerConfiguration conf, int workers) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build();
    TwinNetworks twins = TwinNetworks.of(spark, conf, master, BATCH);
    twins.fit(Examples.multi(rows));
    twins.fit(Examples.multi(rows));
    return twins;
  }

  /** One worker gives the bits of a local network; four give nearly the same. */
  private MultiLayerNetwork requireAsLocal(MultiLayerConfiguration conf) {
    fitTwice(conf, 1).requireSame();
    TwinNetworks together = fitTwice(conf, 4);
    together.requireClose(1e-6);
    return (MultiLayerNetwork) together.onSpark().model();
  }

  @Test
  void followsASchedulePerEpochFromFitToFit() {
    requireAsLocal(SmallNetworks.mlp(new Sgd(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 1))));
  }

  @Test
  void leavesFrozenLayersAsTheyAre() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Nesterovs(0.1, 0.9))
            .list()
            .layer(
                new FrozenLayer(
                    new DenseLayer.Builder().nIn(SmallNetworks.IN).nOut(6).l2(0.1).build()))
            .layer(new DenseLayer.Builder().nIn(6).nOut(7).build())
            .layer(SmallNetworks.output(7))
            .build();
    MultiLayerNetwork before = initial(conf);
    MultiLayerNetwork trained = requireAsLocal(conf);
    assertThat(bits(trained.getLayer(0).params())).isEqualTo(bits(before.getLayer(0).params()));
    requireMoved(trained.getLayer(1).params(), before.getLayer(1).params());
  }

  @Test
  void trainsLayersOfTheUsersOwn() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.01))
            .list()
            .layer(new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build())
            .layer(new Doubling())
            .layer(new ScalingVertex())
            .layer(SmallNetworks.anyIn())
            .setInputType(InputType.feedForward(SmallNetworks.IN))
            .build();
    MultiLayerNetwork before = initial(conf);
    MultiLayerNetwork trained = requireAsLocal(conf);
    assertThat(trained.getLayer(2).numParams()).isEqualTo(12);
    requireMoved(trained.getLayer(2).params(), before.getLayer(2).params());
  }

  private static MultiLayerNetwork initial(MultiLayerConfiguration conf) {
    MultiLayerNetwork net = new MultiLayerNetwork(conf.clone());
    net.init();
    return net;
  }

  private static void requireMoved(INDArray parameters, INDArray before) {
    assertThat(parameters.sub(before).amaxNumber().doubleValue()).isGreaterThan(1e-3);
  }

  private static String bits(INDArray parameters) {
    return FlatArrays.sha256(parameters.dup());
  }

  /** Each shard has its own statistics, which is what one worker computes with the same shards. */
  @Test
  void trainsBatchNormalisation() {
    fitTwice(SmallNetworks.batchNorm(), 1).requireSame();
    List<String> sharded =
        Stream.of(1, 4)
            .map(workers -> sharded(workers).build())
            .map(master -> new SparkDl4jMultiLayer(spark, SmallNetworks.batchNorm(), master))
            .map(net -> bits(net.fit(spark.parallelize(rows, 2)).params()))
            .toList();
    assertThat(sharded.get(1)).isEqualTo(sharded.get(0));
  }

  /** The mean over shards of one size is the mean over the batch. */
  @Test
  void averagesTheMeansOfBatchNormalisation() {
    EvenstepTrainingMaster master = sharded(4).build();
    TwinNetworks twins = TwinNetworks.of(spark, SmallNetworks.batchNorm(), master, BATCH);
    twins.fit(Examples.multi(rows.subList(0, BATCH)));
    assertThat(means(twins.onSpark()).sub(means(twins.alone())).amaxNumber().doubleValue())
        .isLessThan(1e-6);
    assertThat(means(twins.alone()).amaxNumber().doubleValue()).isGreaterThan(1e-3);
  }

  private static INDArray means(Trainee net) {
    return ((MultiLayerNetwork) net.model())
        .getLayer(1)
        .getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
  }

  private static EvenstepTrainingMaster.Builder sharded(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).shards(4);
  }

  @Test
  void repeatsDropoutAndOrderForTheSameSeedAndAnyWorkers() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.01))
            .list()
            .layer(new DenseLayer.Builder().nIn(SmallNetworks.IN).nOut(16).dropOut(0.5).build())
            .layer(SmallNetworks.output(16))
            .build();
    String bits = shuffled(conf, 2, 5);
    assertThat(shuffled(conf, 2, 5)).isEqualTo(bits);
    assertThat(shuffled(conf, 1, 5)).isEqualTo(bits);
    assertThat(shuffled(conf, 4, 5)).isEqualTo(bits);
    assertThat(shuffled(conf, 2, 6)).isNotEqualTo(bits);
  }

  private String shuffled(MultiLayerConfiguration conf, int workers, long seed) {
    EvenstepTrainingMaster master = sharded(workers).shuffle(true).rngSeed(seed).build();
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, conf.clone(), master);
    return FlatArrays.sha256(net.fit(spark.parallelize(rows, 2)).params());
  }

  @Test
  void goesOnFromASavedNetwork() throws Exception {
    File saved = folder.resolve("saved.zip").toFile();
    SparkDl4jMultiLayer first = net(SmallNetworks.mlp(new Adam(0.01)), 2);
    first.fit(spark.parallelize(rows, 2)).save(saved, true);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(saved, true);
    SparkDl4jMultiLayer second = new SparkDl4jMultiLayer(spark, loaded, first.getTrainingMaster());
    second.fit(spark.parallelize(rows, 2));
    first.fit(spark.parallelize(rows, 2));
    assertThat(FlatArrays.sha256(second.getNetwork().params()))
        .isEqualTo(FlatArrays.sha256(first.getNetwork().params()));
    assertThat(second.getNetwork().getIterationCount()).isEqualTo(6);
    assertThat(second.getNetwork().getEpochCount()).isEqualTo(2);
  }

  @Test
  void goesOnFromASavedGraph() throws Exception {
    File saved = folder.resolve("saved.zip").toFile();
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(BATCH / 2).workers(2).build();
    SparkComputationGraph first =
        new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), master);
    first.fit(spark.parallelize(rows, 2)).save(saved, true);
    ComputationGraph loaded = ComputationGraph.load(saved, true);
    SparkComputationGraph second = new SparkComputationGraph(spark, loaded, master);
    second.fit(spark.parallelize(rows, 2));
    first.fit(spark.parallelize(rows, 2));
    assertThat(bits(second.getNetwork().params())).isEqualTo(bits(first.getNetwork().params()));
    assertThat(second.getNetwork().getIterationCount()).isEqualTo(6);
    assertThat(second.getNetwork().getEpochCount()).isEqualTo(2);
  }

  @Test
  void refusesWhatItCannotTrain() {
    MultiLayerConfiguration sums =
        new NeuralNetConfiguration.Builder()
            .miniBatch(false)
            .list()
            .layer(SmallNetworks.output(SmallNetworks.IN))
            .build();
    assertThatThrownBy(() -> net(sums, 1).fit(spark.parallelize(rows, 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Cannot train the network: must have miniBatch true, got false");
    MultiLayerConfiguration narrow =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.HALF)
            .list()
            .layer(SmallNetworks.output(SmallNetworks.IN))
            .build();
    assertThatThrownBy(() -> net(narrow, 1).fit(spark.parallelize(rows, 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Cannot train the network: must have data type FLOAT or DOUBLE, got HALF");
  }
}
