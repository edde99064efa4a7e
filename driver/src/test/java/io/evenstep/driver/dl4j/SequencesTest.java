package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

/** Time series of unequal length, learned from as a whole. */
@Tag("slow")
class SequencesTest {
  private static final int BATCH = 8;
  private static final int ROWS = 20;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  @Test
  void masksWhatShorterSequencesLack() {
    MultiLayerConfiguration conf = Nets.rnn().build();
    List<DataSet> rows = Examples.sequences(ROWS, row -> row % BATCH == 0);
    MultiLayerNetwork local = new MultiLayerNetwork(conf.clone());
    local.init();
    for (int epoch = 0; epoch < 2; epoch++) {
      Examples.batches(rows, BATCH).forEach(local::fit);
    }
    for (int workers : new int[] {1, 4}) {
      SparkDl4jMultiLayer net =
          new SparkDl4jMultiLayer(
              spark,
              conf.clone(),
              new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build());
      net.fit(spark.parallelize(rows, 3));
      net.fit(spark.parallelize(rows, 3));
      assertThat(net.getNetwork().params().sub(local.params()).amaxNumber().doubleValue())
          .isLessThan(1e-5);
      assertThat(net.getScore()).isCloseTo(local.score(), within(1e-5));
    }
  }
}
