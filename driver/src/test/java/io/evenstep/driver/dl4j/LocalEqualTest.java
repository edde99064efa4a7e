package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.network.FlatArrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** With one worker and one shard a fit does just what DL4J's own fit does. */
class LocalEqualTest {
  private static final int BATCH = 8;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  @Test
  void givesTheBitsOfLocalTrainingOverSeveralFits() {
    List<DataSet> rows = Examples.rows(30);
    MultiLayerNetwork local = new MultiLayerNetwork(Nets.mlp(new Adam(0.01)));
    local.init();
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(
            spark,
            Nets.mlp(new Adam(0.01)),
            new EvenstepTrainingMaster.Builder(BATCH).workers(1).build());
    JavaRDD<DataSet> rdd = spark.parallelize(rows, 3);
    for (int epoch = 1; epoch <= 3; epoch++) {
      Examples.batches(rows, BATCH).forEach(local::fit);
      local.incrementEpochCount();
      net.fit(rdd);
      assertThat(FlatArrays.sha256(net.getNetwork().params()))
          .isEqualTo(FlatArrays.sha256(local.params()));
      assertThat(FlatArrays.sha256(net.getNetwork().getUpdater().getStateViewArray()))
          .isEqualTo(FlatArrays.sha256(local.getUpdater().getStateViewArray()));
      assertThat(net.getNetwork().getIterationCount()).isEqualTo(4 * epoch);
      assertThat(net.getNetwork().getEpochCount()).isEqualTo(epoch);
      assertThat(net.getScore()).isCloseTo(local.score(), within(1e-12));
    }
  }
}
