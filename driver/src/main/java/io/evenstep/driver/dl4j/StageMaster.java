package io.evenstep.driver.dl4j;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;

/**
 * The part of DL4J's interface about DL4J's own workers. A master that trains in a barrier stage
 * has no such workers.
 */
abstract class StageMaster
    implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
  private @Nullable FitStats stats;

  StageMaster(boolean collectTrainingStats) {
    this.stats = collectTrainingStats ? new FitStats() : null;
  }

  /**
   * Not supported: there are no DL4J workers to hook into.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void addHook(TrainingHook trainingHook) {
    throw noHooks();
  }

  static UnsupportedOperationException noHooks() {
    return new UnsupportedOperationException(
        "EvenstepTrainingMaster takes no TrainingHook: its workers take each step together, and"
            + " none of them has the whole batch; use a TrainingListener");
  }

  @Override
  public void removeHook(TrainingHook trainingHook) {}

  /**
   * There are no DL4J workers.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
    throw noWorker();
  }

  /**
   * There are no DL4J workers.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
    throw noWorker();
  }

  private static UnsupportedOperationException noWorker() {
    return new UnsupportedOperationException(
        "EvenstepTrainingMaster has no TrainingWorker: its workers are the tasks of a barrier"
            + " stage");
  }

  /** Each fit removes its own when it ends. */
  @Override
  public boolean deleteTempFiles(JavaSparkContext sc) {
    return true;
  }

  /** Each fit removes its own when it ends. */
  @Override
  public boolean deleteTempFiles(SparkContext sc) {
    return true;
  }

  /** Whether to collect the times of each fit; true keeps the times collected so far. */
  @Override
  public void setCollectTrainingStats(boolean collectTrainingStats) {
    if (!collectTrainingStats) {
      stats = null;
    } else if (stats == null) {
      stats = new FitStats();
    }
  }

  @Override
  public boolean getIsCollectTrainingStats() {
    return stats != null;
  }

  /** Times of all fits so far; null, as in DL4J, when times are not collected. */
  @Override
  public @Nullable SparkTrainingStats getTrainingStats() {
    return stats;
  }

  /** Receives the times of a fit. They are discarded when times are not collected. */
  final FitStats stats() {
    FitStats collected = stats;
    return collected == null ? new FitStats() : collected;
  }
}
