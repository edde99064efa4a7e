package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.DataException;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** However rows are partitioned, stored or computed, the same rows give the same bits. */
@Tag("slow")
class RowsTest {
  private static final int ROWS = 40;
  private static final int GLOBAL_BATCH = 16;

  @TempDir private Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  private SparkDl4jMultiLayer net(int workers) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(GLOBAL_BATCH / workers)
            .workers(workers)
            .shards(4)
            .exportDirectory(folder.resolve("export").toString())
            .build();
    return new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), master);
  }

  private String sha(int workers, JavaRDD<DataSet> rows) {
    return FlatArrays.sha256(net(workers).fit(rows).params());
  }

  @Test
  void givesTheSameBitsForAnyNumberOfWorkersAndAnyPartitions() throws Exception {
    List<DataSet> rows = Examples.rows(ROWS);
    String bits = sha(1, spark.parallelize(rows, 3));
    assertThat(sha(1, spark.parallelize(rows, 3))).isEqualTo(bits);
    assertThat(sha(2, spark.parallelize(rows, 1))).isEqualTo(bits);
    assertThat(sha(4, spark.parallelize(rows, 60))).as("empty partitions").isEqualTo(bits);
    assertThat(sha(4, spark.parallelize(rows, 2).mapPartitions(RowsTest::uneven))).isEqualTo(bits);
    assertThat(sha(4, spark.parallelize(Examples.batches(rows, 7), 2)))
        .as("several examples a DataSet")
        .isEqualTo(bits);
    assertThat(Files.list(folder.resolve("export"))).as("what fits leave behind").isEmpty();
  }

  /** Runs of examples with very different lengths. */
  private static Iterator<DataSet> uneven(Iterator<DataSet> rows) {
    List<DataSet> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return all.isEmpty()
        ? all.iterator()
        : List.of(all.get(0), DataSet.merge(all.subList(1, all.size()))).iterator();
  }

  @Test
  void trainsOnFewerExamplesThanWorkers() {
    List<DataSet> rows = Examples.rows(2);
    SparkDl4jMultiLayer net = net(4);
    net.fit(spark.parallelize(rows, 2));
    MultiLayerNetwork local = new MultiLayerNetwork(SmallNetworks.mlp(new Adam(0.01)));
    local.init();
    local.fit(DataSet.merge(rows));
    assertThat(net.getNetwork().params().sub(local.params()).amaxNumber().doubleValue())
        .isLessThan(1e-6);
    assertThat(net.getNetwork().getIterationCount()).isEqualTo(1);
    assertThat(net.getScore()).isCloseTo(local.score(), within(1e-6));
  }

  @Test
  void refusesUnlikeShapes() {
    SparkDl4jMultiLayer net = net(2);
    DataSet wide =
        new DataSet(
            Examples.numbers(new Random(1), 0, 1, SmallNetworks.IN + 1), Examples.oneHot(0));
    List<DataSet> rows = List.of(Examples.rows(1).get(0), wide);
    assertThatThrownBy(() -> net.fit(spark.parallelize(rows, 2)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Invalid examples: all must have the same shape of features 0, got [5] and [6]");
  }

  @Test
  void keepsTwoNetworksApart() {
    List<DataSet> rows = Examples.rows(ROWS);
    String alone = sha(2, spark.parallelize(rows, 2));
    SparkDl4jMultiLayer one = net(2);
    SparkDl4jMultiLayer other = net(2);
    other.fit(spark.parallelize(rows.subList(0, 20), 2));
    one.fit(spark.parallelize(rows, 2));
    other.fit(spark.parallelize(rows.subList(20, 40), 2));
    assertThat(FlatArrays.sha256(one.getNetwork().params())).isEqualTo(alone);
    assertThat(other.getNetwork().getIterationCount()).isEqualTo(4);
  }
}
