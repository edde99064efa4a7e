package io.evenstep.driver.dl4j;

import io.evenstep.model.engine.EngineChoice;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** Settings of a master that have an effect. {@code B} is the type of the builder. */
abstract class MasterBuilder<B> extends NeedlessSettings<B> {
  private static final long DEFAULT_SEED = 42;

  private int batchSizePerWorker;
  private boolean saidBatchSize;
  private int workers;
  private int averagingFrequency;
  private boolean saidAveraging;
  private boolean saveUpdater = true;
  private boolean saidSaveUpdater;
  private int shards;
  private boolean reproducible = true;
  private EngineChoice engine = EngineChoice.DL4J;
  private boolean shuffle;
  private long seed = DEFAULT_SEED;
  private int attempts = 3;
  private boolean collectTrainingStats;
  private StorageLevel storageLevel = StorageLevel.MEMORY_AND_DISK_SER();
  private String exportDirectory = "";

  MasterBuilder(int batchSizePerWorker, int workers) {
    this.batchSizePerWorker = batchSizePerWorker;
    this.workers = workers;
  }

  /** Rows per worker in a step. The global batch is this times the number of workers. */
  public B batchSizePerWorker(int rows) {
    this.batchSizePerWorker = rows;
    this.saidBatchSize = true;
    return self();
  }

  /** Number of workers; 0 for one per task slot of Spark. */
  public B workers(int count) {
    this.workers = count;
    return self();
  }

  /** Steps between parameter averagings; 0 for all-reduce in every step. */
  public B averagingFrequency(int steps) {
    this.averagingFrequency = steps;
    this.saidAveraging = true;
    return self();
  }

  /**
   * Whether the optimizer's state is averaged with the parameters and kept between fits. The
   * default is true. If false, each fit starts with a new state.
   */
  public B saveUpdater(boolean save) {
    this.saveUpdater = save;
    this.saidSaveUpdater = true;
    return self();
  }

  /**
   * Logical shards of a step, a power of two. Any number of workers up to it gives the same bits.
   */
  public B shards(int count) {
    this.shards = count;
    return self();
  }

  /** Whether any number of workers gives the same bits. False is faster. */
  public B reproducible(boolean sameBits) {
    this.reproducible = sameBits;
    return self();
  }

  /**
   * The engine that computes the network. {@code DL4J}, the default, gives the bits of a local fit
   * with one worker. {@code STEP} is several times as fast and equals them within rounding; it
   * refuses networks that it does not support. {@code AUTO} is {@code STEP} for networks that it
   * supports.
   */
  public B engine(EngineChoice choice) {
    this.engine = choice;
    return self();
  }

  /** Whether each epoch shuffles the rows. If false, they keep their order. */
  public B shuffle(boolean shuffled) {
    this.shuffle = shuffled;
    return self();
  }

  /** Seed of dropout, noise and shuffling. */
  public B rngSeed(long number) {
    this.seed = number;
    return self();
  }

  /** Maximum number of attempts at a fit when workers are lost. */
  public B attempts(int most) {
    this.attempts = most;
    return self();
  }

  /** Whether to collect the times of each fit. */
  public B collectTrainingStats(boolean collect) {
    this.collectTrainingStats = collect;
    return self();
  }

  /** How Spark persists the examples while they are packed. */
  public B storageLevel(StorageLevel level) {
    this.storageLevel = level;
    return self();
  }

  /** A folder that driver and workers can reach, for the temporary files of a fit. */
  public B exportDirectory(@Nullable String folder) {
    this.exportDirectory = folder == null ? "" : folder;
    return self();
  }

  final MasterSettings settings() {
    return new MasterSettings(
        batchSizePerWorker,
        workers,
        new MasterSettings.Averaging(averagingFrequency, saveUpdater),
        new MasterSettings.Sharding(shards, reproducible, engine),
        new MasterSettings.Order(shuffle, seed),
        attempts,
        collectTrainingStats,
        new MasterSettings.Storage(StorageChoice.of(storageLevel), exportDirectory));
  }

  /** Notes on defaults that differ from those of DL4J's master. */
  final List<String> silentDifferences(boolean rowsFromConstructor) {
    List<String> differences = new ArrayList<>();
    if (rowsFromConstructor && !saidBatchSize) {
      differences.add(
          "Each worker takes "
              + batchSizePerWorker
              + " rows in a step, the number in Builder("
              + batchSizePerWorker
              + "). DL4J's master would take 16, because the number in its Builder is the number of"
              + " examples in a DataSet. Call batchSizePerWorker(rows) to set the batch size"
              + " explicitly");
    }
    if (!saidAveraging) {
      differences.add(
          "All workers' gradients are summed in every step (all-reduce). DL4J's master averages"
              + " parameters every 5 steps. Call averagingFrequency(5) to do the same, or"
              + " averagingFrequency(0) to confirm all-reduce");
    }
    if (saidAveraging && averagingFrequency > 0 && !saidSaveUpdater) {
      differences.add(
          "The optimizer's state is averaged and kept between fits. DL4J's master resets it after"
              + " each averaging. Call saveUpdater(true) to confirm, or saveUpdater(false) to start"
              + " each fit with a new state");
    }
    return differences;
  }
}
