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

/**
 * Trains DL4J-on-Spark code with Evenstep: all workers together in one barrier stage a {@code fit},
 * by all-reduce of gradients in every step, or by parameter averaging.
 *
 * <p>{@code new SparkDl4jMultiLayer(sc, conf, master)} and {@code SparkComputationGraph} take it in
 * place of DL4J's own masters; nothing else changes. Each {@code fit} is one epoch over the
 * examples in their order, and goes on from where the last one came to: parameters, optimizer
 * state, counts of iterations and epochs.
 */
public final class EvenstepTrainingMaster extends StageMaster {
  private final MasterSettings settings;
  private List<TrainingListener> listeners = List.of();

  private EvenstepTrainingMaster(MasterSettings settings) {
    this.settings = settings;
  }

  /** A master as {@link #toJson} wrote it. */
  public static EvenstepTrainingMaster fromJson(String json) {
    return new EvenstepTrainingMaster(MasterSettings.fromJson(json));
  }

  /** A master as {@link #toYaml} wrote it. */
  public static EvenstepTrainingMaster fromYaml(String yaml) {
    return new EvenstepTrainingMaster(MasterSettings.fromYaml(yaml));
  }

  @Override
  public String toJson() {
    return settings.toJson();
  }

  @Override
  public String toYaml() {
    return settings.toYaml();
  }

  @Override
  public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> trainingData) {
    fit(new SequentialTrainee(network), trainingData, trainingData.map(DataSet::toMultiDataSet));
  }

  @Override
  public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> trainingData) {
    fit(new GraphTrainee(graph), trainingData, trainingData.map(DataSet::toMultiDataSet));
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

  /** Examples are read twice; what the user keeps already is not kept once more. */
  private void fit(Trainee trainee, JavaRDD<?> source, JavaRDD<MultiDataSet> examples) {
    boolean isKept = !StorageLevel.NONE().equals(source.getStorageLevel());
    StorageLevel keep = isKept ? StorageLevel.NONE() : settings.storageLevel().level();
    new Fit(settings, trainee, new FitListeners(listeners)).run(examples, keep);
  }

  @Override
  public void setListeners(@Nullable Collection<TrainingListener> listeners) {
    this.listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }

  /**
   * Listeners are called in the driver, and bring their own router along.
   *
   * @param router not used
   */
  @Override
  public void setListeners(
      @Nullable StatsStorageRouter router, @Nullable Collection<TrainingListener> listeners) {
    setListeners(listeners);
  }

  /**
   * What to train with; as much like {@code ParameterAveragingTrainingMaster.Builder} as can be.
   */
  public static final class Builder extends NeedlessSettings<Builder> {
    private static final long DEFAULT_SEED = 42;

    private int batchSizePerWorker;
    private int workers;
    private int averagingFrequency;
    private boolean saveUpdater = true;
    private int shards;
    private boolean reproducible = true;
    private boolean shuffle;
    private long seed = DEFAULT_SEED;
    private int attempts = 3;
    private StorageLevel storageLevel = StorageLevel.MEMORY_AND_DISK_SER();
    private String exportDirectory = "";

    /** All-reduce, as many workers as Spark has task slots, this many rows each in a step. */
    public Builder(int batchSizePerWorker) {
      this.batchSizePerWorker = batchSizePerWorker;
    }

    /** Rows that each worker contributes to a step; a step has that times the workers. */
    public Builder batchSizePerWorker(int rows) {
      this.batchSizePerWorker = rows;
      return this;
    }

    /** How many workers; 0 for as many as Spark has task slots. */
    public Builder workers(int count) {
      this.workers = count;
      return this;
    }

    /** Parameter averaging every so many steps, in place of all-reduce. */
    public Builder averagingFrequency(int steps) {
      this.averagingFrequency = steps;
      return this;
    }

    /** Whether averaging takes in the optimizer's state; it does unless told otherwise. */
    public Builder saveUpdater(boolean average) {
      this.saveUpdater = average;
      return this;
    }

    /** Logical shards of a step, a power of two: the same bits for any number of workers to it. */
    public Builder shards(int count) {
      this.shards = count;
      return this;
    }

    /** Whether to keep to the same bits for any number of workers; faster without. */
    public Builder reproducible(boolean sameBits) {
      this.reproducible = sameBits;
      return this;
    }

    /** Whether each epoch takes rows in another order; without, they are taken as they come. */
    public Builder shuffle(boolean shuffled) {
      this.shuffle = shuffled;
      return this;
    }

    /** What dropout, noise and a shuffled order are drawn from. */
    public Builder rngSeed(long number) {
      this.seed = number;
      return this;
    }

    /** How often a fit is tried when workers are lost. */
    public Builder attempts(int most) {
      this.attempts = most;
      return this;
    }

    /** Where Spark keeps the examples while they are packed. */
    public Builder storageLevel(StorageLevel level) {
      this.storageLevel = level;
      return this;
    }

    /** A folder that driver and workers reach, for what a fit writes and removes again. */
    public Builder exportDirectory(String folder) {
      this.exportDirectory = folder;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The master.
     *
     * @throws io.evenstep.model.ConfigException naming the setting that cannot be, and its rule
     */
    public EvenstepTrainingMaster build() {
      return new EvenstepTrainingMaster(
          new MasterSettings(
              batchSizePerWorker,
              workers,
              averagingFrequency,
              saveUpdater,
              shards,
              reproducible,
              shuffle,
              seed,
              attempts,
              StorageChoice.of(storageLevel),
              exportDirectory));
    }
  }
}
