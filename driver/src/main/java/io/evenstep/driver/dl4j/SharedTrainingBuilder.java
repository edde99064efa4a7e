package io.evenstep.driver.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;
import org.deeplearning4j.spark.api.Repartitioner;
import org.jspecify.annotations.Nullable;

/**
 * Takes the settings of DL4J's {@code SharedTrainingMaster.Builder} and builds a master that sums
 * gradients exactly in every step. Compressed sharing of gradients is for job files: here settings
 * about thresholds have no effect, and the log says so at the first fit.
 *
 * <p>DL4J's {@code VoidConfiguration} and {@code Transport} are taken as objects: Evenstep needs
 * none of their classes.
 */
public final class SharedTrainingBuilder extends MasterBuilder<SharedTrainingBuilder> {
  private final int nodes; // 0 for one per task slot
  private final List<String> becomes = new ArrayList<>();

  /** This many rows per worker in a step, unless {@link #batchSizePerWorker} is set. */
  public SharedTrainingBuilder(int rddDataSetNumExamples) {
    this(null, null, null, rddDataSetNumExamples);
  }

  /** With a {@code VoidConfiguration} or a {@link ThresholdAlgorithm}. */
  public SharedTrainingBuilder(Object configurationOrThreshold, int rddDataSetNumExamples) {
    this(
        configurationOrThreshold instanceof ThresholdAlgorithm ? null : configurationOrThreshold,
        null,
        configurationOrThreshold instanceof ThresholdAlgorithm threshold ? threshold : null,
        rddDataSetNumExamples);
  }

  /** With a {@code VoidConfiguration}. */
  public SharedTrainingBuilder(
      Object voidConfiguration, ThresholdAlgorithm threshold, int rddDataSetNumExamples) {
    this(voidConfiguration, null, threshold, rddDataSetNumExamples);
  }

  /** With a {@code VoidConfiguration} and the threshold's first value. */
  public SharedTrainingBuilder(
      Object voidConfiguration,
      @Nullable Integer numWorkers,
      double threshold,
      int rddDataSetNumExamples) {
    this(voidConfiguration, numWorkers, null, rddDataSetNumExamples);
    var unused = updatesThreshold(threshold);
  }

  /** With a {@code VoidConfiguration}. */
  public SharedTrainingBuilder(
      @Nullable Object voidConfiguration,
      @Nullable Integer numWorkers,
      @Nullable ThresholdAlgorithm threshold,
      int rddDataSetNumExamples) {
    super(rddDataSetNumExamples, numWorkers == null ? 0 : numWorkers);
    this.nodes = numWorkers == null ? 0 : numWorkers;
    becomes.add(
        "Gradients are summed exactly over all workers in every step: only job files have"
            + " compressed sharing of gradients (training.sync: sharing)");
    if (threshold != null) {
      var unused = thresholdAlgorithm(threshold);
    }
    if (voidConfiguration != null) {
      becomes.add(
          "VoidConfiguration has no effect: workers find each other through Spark and connect over"
              + " TCP, on ports chosen by the system");
    }
  }

  @Override
  SharedTrainingBuilder self() {
    return this;
  }

  /** Has no effect: whole gradients are summed. */
  public SharedTrainingBuilder thresholdAlgorithm(ThresholdAlgorithm algorithm) {
    return noEffect("thresholdAlgorithm", "whole gradients are summed");
  }

  /** Has no effect: whole gradients are summed. */
  public SharedTrainingBuilder updatesThreshold(double threshold) {
    return noEffect("updatesThreshold", "whole gradients are summed");
  }

  /** Has no effect: exact sums leave no residual. */
  public SharedTrainingBuilder residualPostProcessor(ResidualPostProcessor processor) {
    return noEffect("residualPostProcessor", "exact sums leave no residual");
  }

  /** Workers per node, if the number of nodes is set. Otherwise every task slot is a worker. */
  public SharedTrainingBuilder workersPerNode(int count) {
    if (nodes > 0 && count > 0) {
      return workers(Math.multiplyExact(nodes, count));
    }
    return noEffect(
        "workersPerNode",
        "each task slot of Spark is a worker (spark.executor.cores / spark.task.cpus per executor);"
            + " workers(n) sets their total number");
  }

  /** Has no effect: workers connect over TCP. */
  public SharedTrainingBuilder transport(Object transport) {
    return noEffect("transport", "workers connect over TCP");
  }

  /** Has no effect: every worker takes its part of each batch, however rows are partitioned. */
  public SharedTrainingBuilder repartitioner(Repartitioner repartitioner) {
    return self();
  }

  /** Has no effect: Evenstep frees each batch's memory itself. */
  public SharedTrainingBuilder workerTogglePeriodicGC(boolean toggle) {
    return self();
  }

  /** Has no effect: Evenstep frees each batch's memory itself. */
  public SharedTrainingBuilder workerPeriodicGCFrequency(int milliseconds) {
    return self();
  }

  /** Has no effect: nothing is encoded. */
  public SharedTrainingBuilder encodingDebugMode(boolean enabled) {
    return self();
  }

  /** Has no effect: it is for debugging DL4J. */
  public SharedTrainingBuilder debugLongerIterations(long milliseconds) {
    return self();
  }

  private SharedTrainingBuilder noEffect(String setting, String why) {
    becomes.add(setting + " has no effect: " + why);
    return this;
  }

  /**
   * Builds the master.
   *
   * @throws io.evenstep.model.ConfigException naming the invalid setting and its rule
   */
  public EvenstepTrainingMaster build() {
    return new EvenstepTrainingMaster(settings(), becomes);
  }
}
