package io.evenstep.driver.dl4j;

import io.evenstep.driver.SparkTest;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Time series of different lengths, trained on as a whole. */
@Tag("slow")
class SequencesTest {
  private static final int BATCH = 8;
  private static final int ROWS = 20;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  /** Each batch has a row of the full length: the others are padded to it, as locally. */
  private final List<DataSet> rows = Examples.sequences(ROWS, row -> row % BATCH == 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void masksWhatShorterSequencesLack(int workers) {
    requireAsLocal(
        TwinNetworks.of(spark, SmallNetworks.rnn().build(), master(workers), BATCH), rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void masksWhatShorterSequencesLackInAGraph(int workers) {
    requireAsLocal(
        TwinNetworks.of(spark, SmallNetworks.rnnGraph().build(), master(workers), BATCH), rows);
  }

  /** One label per sequence: the mask of the labels differs from that of the features. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void learnsTheLastLabelOfEachSequenceInAGraph(int workers) {
    TwinNetworks twins =
        TwinNetworks.of(spark, SmallNetworks.rnnGraph().build(), master(workers), BATCH);
    requireAsLocal(twins, rows.stream().map(SequencesTest::lastLabel).toList());
  }

  private static DataSet lastLabel(DataSet row) {
    long steps = row.getFeatures().size(2);
    INDArray mask = Nd4j.zeros(1, steps);
    mask.putScalar(0, steps - 1, 1);
    return new DataSet(row.getFeatures(), row.getLabels(), Nd4j.ones(1, steps), mask);
  }

  private static EvenstepTrainingMaster master(int workers) {
    return new EvenstepTrainingMaster.Builder(BATCH / workers).workers(workers).build();
  }

  private static void requireAsLocal(TwinNetworks twins, List<DataSet> examples) {
    twins.fit(Examples.multi(examples));
    twins.fit(Examples.multi(examples));
    twins.requireClose(1e-5);
  }
}
