package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.FlatArrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** A master that asks for more workers than Spark has task slots. */
@Tag("slow")
class FitSameBitsTest {
  private static final int GLOBAL_BATCH = 16;
  private static final int SLOTS = 4;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(SLOTS).sparkContext());
  private final JavaRDD<DataSet> rows = spark.parallelize(Examples.rows(40), 3);

  private static EvenstepTrainingMaster.Builder builder(int workers) {
    return new EvenstepTrainingMaster.Builder(GLOBAL_BATCH / workers).workers(workers).shards(8);
  }

  private String sha(EvenstepTrainingMaster.Builder builder) {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), builder.build());
    return FlatArrays.sha256(net.fit(rows).params());
  }

  @Test
  void takesTheSameStepsOnFewerWorkers() {
    assertThat(sha(builder(2 * SLOTS))).isEqualTo(sha(builder(SLOTS)));
  }

  @Test
  void refusesToAverageOverFewerWorkers() {
    assertThatThrownBy(() -> sha(builder(2 * SLOTS).averagingFrequency(2)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("workers")
        .hasMessageContaining("4 task slots");
  }
}
