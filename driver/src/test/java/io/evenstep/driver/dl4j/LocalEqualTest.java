package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** With one worker and one shard, a fit equals DL4J's own fit. */
class LocalEqualTest {
  private static final int BATCH = 8;
  private static final EvenstepTrainingMaster ALONE =
      new EvenstepTrainingMaster.Builder(BATCH).workers(1).build();

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  @ParameterizedTest
  @EnumSource(
      value = NetworkKind.class,
      names = {"MLP", "CNN", "CNN_GRAPH", "WIDE_GRAPH"})
  void givesTheBitsOfLocalTrainingOverSeveralFits(NetworkKind kind) {
    requireSame(kind, ALONE);
  }

  /** The mean of one replica is that replica, to the bit, however often it is averaged. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void givesTheBitsOfLocalTrainingWhenItAveragesWithItself(int everySteps) {
    EvenstepTrainingMaster master = new EvenstepTrainingMaster(true, 1, 1, BATCH, everySteps, 0);
    TwinNetworks twins = NetworkKind.MLP.twins(spark, new Adam(0.01), master, BATCH);
    for (int epoch = 1; epoch <= 2; epoch++) {
      twins.fit(NetworkKind.MLP.rows(30));
      assertThat(FlatArrays.sha256(twins.onSpark().model().params()))
          .isEqualTo(FlatArrays.sha256(twins.alone().model().params()));
      assertThat(FlatArrays.sha256(twins.onSpark().updaterState()))
          .isEqualTo(FlatArrays.sha256(twins.alone().updaterState()));
    }
  }

  private void requireSame(NetworkKind kind, EvenstepTrainingMaster master) {
    List<MultiDataSet> rows = kind.rows(30);
    TwinNetworks twins = kind.twins(spark, new Adam(0.01), master, BATCH);
    for (int epoch = 1; epoch <= 3; epoch++) {
      twins.fit(rows);
      twins.requireSame();
      assertThat(twins.onSpark().iterations()).isEqualTo(4 * epoch);
      assertThat(twins.onSpark().epochs()).isEqualTo(epoch);
    }
  }
}
