package io.evenstep.driver.dl4j;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.loader.Loader;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains DL4J-on-Spark code with Evenstep. Each {@code fit} is one barrier stage in which all
 * workers train together, by all-reduce of gradients in every step or by parameter averaging.
 *
 * <p>{@code new SparkDl4jMultiLayer(sc, conf, master)} and {@code SparkComputationGraph} take it in
 * place of DL4J's own masters; nothing else changes. Each {@code fit} is one epoch over the
 * examples in order. It continues from the previous one: parameters, optimizer state, and counts of
 * iterations and epochs.
 */
public final class EvenstepTrainingMaster extends StageMaster {
  private static final Logger log = LoggerFactory.getLogger(EvenstepTrainingMaster.class);

  private final MasterSettings settings;
  private List<String> remarks;
  private List<TrainingListener> listeners = List.of();
  private @Nullable StatsStorageRouter router;

  /** Logs {@code remarks} at the first fit. */
  EvenstepTrainingMaster(MasterSettings settings, List<String> remarks) {
    super(settings.collectTrainingStats());
    this.settings = settings;
    this.remarks = List.copyOf(remarks);
  }

  /**
   * Parameter averaging, like DL4J's own master with these arguments.
   *
   * @param saveUpdater whether the optimizer's state is averaged and kept between fits
   * @param numWorkers how many workers; null for as many as Spark has task slots
   * @param rddDataSetNumExamples has no effect
   * @param prefetchNumBatches has no effect
   */
  public EvenstepTrainingMaster(
      boolean saveUpdater,
      @Nullable Integer numWorkers,
      int rddDataSetNumExamples,
      int batchSizePerWorker,
      int averagingFrequency,
      int prefetchNumBatches) {
    this(
        new Builder(numWorkers, rddDataSetNumExamples)
            .saveUpdater(saveUpdater)
            .batchSizePerWorker(batchSizePerWorker)
            .averagingFrequency(averagingFrequency)
            .settings(),
        List.of());
  }

  /**
   * Reads a master that {@link #toJson} wrote, or DL4J's {@code ParameterAveragingTrainingMaster}.
   */
  public static EvenstepTrainingMaster fromJson(String json) {
    return new EvenstepTrainingMaster(MasterJson.JSON.read(json), List.of());
  }

  /**
   * Reads a master that {@link #toYaml} wrote, or DL4J's {@code ParameterAveragingTrainingMaster}.
   */
  public static EvenstepTrainingMaster fromYaml(String yaml) {
    return new EvenstepTrainingMaster(MasterJson.YAML.read(yaml), List.of());
  }

  @Override
  public String toJson() {
    return MasterJson.JSON.write(settings);
  }

  @Override
  public String toYaml() {
    return MasterJson.YAML.write(settings);
  }

  /** Whether the other has equal settings. Listeners are not compared, as in DL4J. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EvenstepTrainingMaster master && settings.equals(master.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return settings.toString().replace("MasterSettings", "EvenstepTrainingMaster");
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
    fit(new SequentialTrainee(network), trainingData, trainingData.map(ExampleScan::multi));
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
    fit(new GraphTrainee(graph), trainingData, trainingData.map(ExampleScan::multi));
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> trainingData) {
    fit(new GraphTrainee(graph), trainingData, trainingData);
  }

  @Override
  public void executeTrainingPaths(
      @Nullable SparkDl4jMultiLayer network,
      @Nullable SparkComputationGraph graph,
      JavaRDD<String> trainingDataPaths,
      @Nullable DataSetLoader dsLoader,
      @Nullable MultiDataSetLoader mdsLoader) {
    Trainee trainee =
        network == null
            ? new GraphTrainee(Objects.requireNonNull(graph, "graph"))
            : new SequentialTrainee(network);
    Loader<?> loader = mdsLoader == null ? Objects.requireNonNull(dsLoader, "loader") : mdsLoader;
    JavaRDD<MultiDataSet> examples = SavedExamples.load(trainingDataPaths, loader);
    fit(trainee, examples, examples);
  }

  /**
   * Examples are read twice, so they are persisted in between unless the user already persists
   * them.
   */
  private void fit(Trainee trainee, JavaRDD<?> source, JavaRDD<MultiDataSet> examples) {
    boolean isKept = !StorageLevel.NONE().equals(source.getStorageLevel());
    StorageLevel keep = isKept ? StorageLevel.NONE() : settings.storage().level().level();
    remarks.forEach(log::warn);
    remarks = List.of();
    new Fit(settings, trainee, new FitListeners(listeners, router), stats()).run(examples, keep);
  }

  @Override
  public void setListeners(@Nullable Collection<TrainingListener> listeners) {
    setListeners(null, listeners);
  }

  /**
   * Sets listeners, which are called in the driver.
   *
   * @param router receives what listeners collect, if they have no router of their own
   */
  @Override
  public void setListeners(
      @Nullable StatsStorageRouter router, @Nullable Collection<TrainingListener> listeners) {
    this.router = router;
    this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }

  /** Builds a master; as close to {@code ParameterAveragingTrainingMaster.Builder} as possible. */
  public static final class Builder extends MasterBuilder<Builder> {
    private static final int ROWS_OF_DL4J = 16;

    private final boolean rowsFromConstructor;
    private final boolean likeDl4j;

    /** All-reduce, one worker per task slot of Spark; set {@link #batchSizePerWorker}. */
    public Builder() {
      super(0, 0);
      this.rowsFromConstructor = false;
      this.likeDl4j = false;
    }

    /** All-reduce, one worker per task slot of Spark, this many rows per worker in a step. */
    public Builder(int batchSizePerWorker) {
      super(batchSizePerWorker, 0);
      this.rowsFromConstructor = true;
      this.likeDl4j = true;
    }

    /**
     * All-reduce, 16 rows per worker in a step.
     *
     * @param numWorkers how many workers; null for as many as Spark has task slots
     * @param rddDataSetNumExamples has no effect
     */
    public Builder(@Nullable Integer numWorkers, int rddDataSetNumExamples) {
      super(ROWS_OF_DL4J, numWorkers == null ? 0 : numWorkers);
      this.rowsFromConstructor = false;
      this.likeDl4j = true;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Builds the master.
     *
     * @throws io.evenstep.model.ConfigException naming the invalid setting and its rule
     */
    public EvenstepTrainingMaster build() {
      return new EvenstepTrainingMaster(
          settings(), likeDl4j ? silentDifferences(rowsFromConstructor) : List.of());
    }
  }
}
