package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.FlatArrays;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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

/** Networks that ask for more than dense layers; each is trained as locally, with one worker. */
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

  private MultiLayerNetwork local(MultiLayerConfiguration conf, int epochs) {
    MultiLayerNetwork local = new MultiLayerNetwork(conf.clone());
    local.init();
    for (int epoch = 0; epoch < epochs; epoch++) {
      Examples.batches(rows, BATCH).forEach(local::fit);
      local.incrementEpochCount();
    }
    return local;
  }

  private MultiLayerNetwork requireSameAsLocal(MultiLayerConfiguration conf) {
    SparkDl4jMultiLayer net = net(conf, 1);
    net.fit(spark.parallelize(rows, 2));
    net.fit(spark.parallelize(rows, 2));
    assertThat(FlatArrays.sha256(net.getNetwork().params()))
        .isEqualTo(FlatArrays.sha256(local(conf, 2).params()));
    return net.getNetwork();
  }

  @Test
  void trainsBatchNormalisation() {
    requireSameAsLocal(Nets.batchNorm());
  }

  @Test
  void followsASchedulePerEpochFromFitToFit() {
    requireSameAsLocal(Nets.mlp(new Sgd(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 1))));
  }

  @Test
  void leavesFrozenLayersAsTheyAre() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Nesterovs(0.1, 0.9))
            .list()
            .layer(new FrozenLayer(new DenseLayer.Builder().nIn(Nets.IN).nOut(6).l2(0.1).build()))
            .layer(new DenseLayer.Builder().nIn(6).nOut(7).build())
            .layer(Nets.output(7))
            .build();
    MultiLayerNetwork before = new MultiLayerNetwork(conf.clone());
    before.init();
    INDArray frozen = before.getLayer(0).params().dup();
    MultiLayerNetwork trained = requireSameAsLocal(conf);
    assertThat(FlatArrays.sha256(trained.getLayer(0).params().dup()))
        .isEqualTo(FlatArrays.sha256(frozen));
    assertThat(trained.getLayer(1).params().equalsWithEps(before.getLayer(1).params(), 1e-3))
        .isFalse();
  }

  @Test
  void trainsALayerOfTheUsersOwn() {
    requireSameAsLocal(
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.01))
            .list()
            .layer(new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build())
            .layer(new Doubling())
            .layer(
                new OutputLayer.Builder().nOut(Nets.CLASSES).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.feedForward(Nets.IN))
            .build());
  }

  @Test
  void repeatsDropoutAndOrderForTheSameSeedAndAnyWorkers() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(0.01))
            .list()
            .layer(new DenseLayer.Builder().nIn(Nets.IN).nOut(16).dropOut(0.5).build())
            .layer(Nets.output(16))
            .build();
    String bits = shuffled(conf, 2, 5);
    assertThat(shuffled(conf, 2, 5)).isEqualTo(bits);
    assertThat(shuffled(conf, 1, 5)).isEqualTo(bits);
    assertThat(shuffled(conf, 4, 5)).isEqualTo(bits);
    assertThat(shuffled(conf, 2, 6)).isNotEqualTo(bits);
  }

  private String shuffled(MultiLayerConfiguration conf, int workers, long seed) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(BATCH / workers)
            .workers(workers)
            .shards(4)
            .shuffle(true)
            .rngSeed(seed)
            .build();
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, conf.clone(), master);
    return FlatArrays.sha256(net.fit(spark.parallelize(rows, 2)).params());
  }

  @Test
  void goesOnFromASavedNetwork() throws Exception {
    File saved = folder.resolve("saved.zip").toFile();
    SparkDl4jMultiLayer first = net(Nets.mlp(new Adam(0.01)), 2);
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
  void refusesWhatItCannotTrain() {
    MultiLayerConfiguration sums =
        new NeuralNetConfiguration.Builder()
            .miniBatch(false)
            .list()
            .layer(Nets.output(Nets.IN))
            .build();
    assertThatThrownBy(() -> net(sums, 1).fit(spark.parallelize(rows, 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Cannot train the network: must have miniBatch true, got false");
    MultiLayerConfiguration wide =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .list()
            .layer(Nets.output(Nets.IN))
            .build();
    assertThatThrownBy(() -> net(wide, 1).fit(spark.parallelize(rows, 2)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Cannot train the network: must have data type FLOAT, got DOUBLE");
  }
}
