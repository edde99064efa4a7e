package io.evenstep.driver.dl4j;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Time series of unequal length, learned from as a whole. */
@Tag("slow")
class SequencesTest {
  private static final int BATCH = 8;
  private static final int ROWS = 20;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  /** Each batch has a row of the full length: locally too the others are padded to that. */
  private final List<MultiDataSet> rows =
      Examples.multi(Examples.sequences(ROWS, row -> row % BATCH == 0));

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void masksWhatShorterSequencesLack(int workers) {
    requireAsLocal(Twins.of(spark, Nets.rnn().build(), master(workers), BATCH));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void masksWhatShorterSequencesLackInAGraph(int workers) {
    requireAsLocal(Twins.of(spark, Nets.rnnGraph().build(), master(workers), BATCH));
  }

  private static EvenstepTrainingMaster master(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build();
  }

  private void requireAsLocal(Twins twins) {
    twins.fit(rows);
    twins.fit(rows);
    twins.requireClose(1e-5);
  }
}
