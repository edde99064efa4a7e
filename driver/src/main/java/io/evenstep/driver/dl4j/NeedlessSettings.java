package io.evenstep.driver.dl4j;

import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * What DL4J's masters are told and Evenstep need not be: taken, so that existing code compiles, and
 * without effect.
 */
abstract class NeedlessSettings<B> {
  abstract B self();

  /** Has no effect: batches are always read ahead, bounded by bytes. */
  public B workerPrefetchNumBatches(int batches) {
    return self();
  }

  /** Has no effect: the workers reduce among themselves. */
  public B aggregationDepth(int levels) {
    return self();
  }

  /** Has no effect: every worker takes its part of each batch, however rows are partitioned. */
  public B repartitionData(Repartition when) {
    return self();
  }

  /** Has no effect, as {@link #repartitionData}; this is how DL4J spells it. */
  public B repartionData(Repartition when) {
    return repartitionData(when);
  }

  /** Has no effect: every worker takes its part of each batch, however rows are partitioned. */
  public B repartitionStrategy(RepartitionStrategy how) {
    return self();
  }

  /** Has no effect: examples may come several to a DataSet, or one, or in unlike numbers. */
  public B rddDataSetNumExamples(int examples) {
    return self();
  }

  /** Has no effect: rows are always packed first. */
  public B rddTrainingApproach(RDDTrainingApproach approach) {
    return self();
  }

  /** Has no effect: paths and streams are read once, and not kept. */
  public B storageLevelStreams(StorageLevel level) {
    return self();
  }

  /**
   * Takes no hooks.
   *
   * @throws UnsupportedOperationException when there are some
   */
  public B trainingHooks(Collection<TrainingHook> hooks) {
    if (!hooks.isEmpty()) {
      throw StageMaster.noHooks();
    }
    return self();
  }

  /**
   * Takes no hooks.
   *
   * @throws UnsupportedOperationException when there are some
   */
  public B trainingHooks(TrainingHook... hooks) {
    return trainingHooks(Arrays.asList(hooks));
  }
}
