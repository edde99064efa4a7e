package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.kryo.Nd4jRegistrator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Examples and networks can be sent when the Spark session's serializer is Kryo. */
@Tag("slow")
class SerializersTest {
  private static final String REGISTRATOR = Nd4jRegistrator.class.getName();
  private static final EvenstepTrainingMaster MASTER =
      new EvenstepTrainingMaster.Builder(8).workers(2).build();

  private final List<DataSet> rows = Examples.rows(40);

  @BeforeEach
  void leaveNoSession() {
    SparkTest.stop();
  }

  private static SparkConf java() {
    return new SparkConf()
        .setMaster("local[2]")
        .setAppName("serializers")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1");
  }

  private static SparkConf kryo() {
    return java().set("spark.serializer", KryoSerializer.class.getName());
  }

  @Test
  void kryoWithNd4jsRegistratorGivesTheSameBits() {
    assertThat(trained(kryo().set("spark.kryo.registrator", REGISTRATOR)))
        .isEqualTo(trained(java()));
  }

  /**
   * A sequential network on an RDD from a shuffle, a graph, and the networks that DL4J uses to
   * score.
   */
  private List<Object> trained(SparkConf conf) {
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      JavaRDD<DataSet> rdd = spark.parallelize(rows, 3).repartition(2);
      SparkDl4jMultiLayer net =
          new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), MASTER);
      SparkComputationGraph graph =
          new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), MASTER);
      for (int fit = 0; fit < 2; fit++) {
        net.fit(rdd);
        graph.fitMultiDataSet(rdd.map(DataSet::toMultiDataSet));
      }
      return List.of(
          FlatArrays.sha256(net.getNetwork().params()),
          FlatArrays.sha256(graph.getNetwork().params()),
          net.evaluate(rdd).accuracy(),
          net.evaluateROCMultiClass(rdd).calculateAverageAUC());
    }
  }

  @Test
  void dl4jRefusesKryoWithoutARegistratorOfArrays() {
    try (JavaSparkContext spark = new JavaSparkContext(kryo())) {
      assertThatThrownBy(
              () -> new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), MASTER))
          .hasMessageContaining(REGISTRATOR);
      assertThatThrownBy(
              () -> new SparkComputationGraph(spark, SmallNetworks.graph(new Adam(0.01)), MASTER))
          .hasMessageContaining(REGISTRATOR);
    }
  }

  @Test
  void refusesThatEveryClassMustBeRegistered() {
    SparkConf conf =
        kryo()
            .set("spark.kryo.registrator", REGISTRATOR)
            .set("spark.kryo.registrationRequired", "true");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      SparkDl4jMultiLayer net =
          new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), MASTER);
      assertThatThrownBy(() -> net.fit(spark.parallelize(rows, 2)))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "Invalid spark.kryo.registrationRequired: must be false for a fit, because DL4J and"
                  + " Evenstep do not register their classes, got true");
      assertThat(spark.statusTracker().getJobIdsForGroup(null)).isEmpty();
    }
  }
}
