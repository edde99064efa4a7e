package io.evenstep.driver.dl4j;

import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.RepartitionStrategy;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * Settings of DL4J's masters that Evenstep does not need. They exist so that existing code
 * compiles, and have no effect.
 */
abstract class NeedlessSettings<B> {
  abstract B self();

  /** Has no effect: batches are always read ahead, within a limit in bytes. */
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

  /** Has no effect, like {@link #repartitionData}; DL4J spells it this way. */
  public B repartionData(Repartition when) {
    return repartitionData(when);
  }

  /** Has no effect: every worker takes its part of each batch, however rows are partitioned. */
  public B repartitionStrategy(RepartitionStrategy how) {
    return self();
  }

  /** Has no effect: DataSets may have any number of examples. */
  public B rddDataSetNumExamples(int examples) {
    return self();
  }

  /** Has no effect: rows are always packed first. */
  public B rddTrainingApproach(RDDTrainingApproach approach) {
    return self();
  }

  /** Has no effect: paths and streams are read once and not persisted. */
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
