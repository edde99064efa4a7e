package io.evenstep.driver.dl4j;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Several workers train like one local network on their joined batches. */
@Tag("slow")
class JoinedBatchTest {
  private static final int BATCH = 4; // of a worker
  private static final int ROWS = 83; // the last step is a short one for 2, 3 and 4 workers

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  private static EvenstepTrainingMaster.Builder builder(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH).workers(workers);
  }

  @ParameterizedTest(name = "{0} with {1} workers")
  @CsvSource({
    "MLP, 4",
    "CNN, 4",
    "GRAPH, 4",
    "CNN_GRAPH, 2",
    "CNN_GRAPH, 3",
    "CNN_GRAPH, 4",
    "WIDE_GRAPH, 4"
  })
  void sumsGradients(NetworkKind kind, int workers) {
    EvenstepTrainingMaster master = builder(workers).build();
    TwinNetworks twins = kind.twins(spark, new Adam(0.01), master, BATCH * workers);
    List<MultiDataSet> rows = kind.rows(ROWS);
    twins.fit(rows);
    twins.fit(rows);
    twins.requireClose(1e-6);
  }

  /** With plain SGD, averaging the parameters equals a step with the mean gradient. */
  @ParameterizedTest(name = "{0} with {1} workers")
  @CsvSource({
    "MLP, 2",
    "MLP, 3",
    "MLP, 4",
    "CNN, 4",
    "GRAPH, 4",
    "CNN_GRAPH, 3",
    "CNN_GRAPH, 4",
    "WIDE_GRAPH, 4"
  })
  void averagesParametersEachStep(NetworkKind kind, int workers) {
    EvenstepTrainingMaster master = builder(workers).averagingFrequency(1).build();
    TwinNetworks twins = kind.twins(spark, new Sgd(0.1), master, BATCH * workers);
    twins.fit(kind.rows(ROWS));
    twins.requireClose(1e-6);
  }
}
