package io.evenstep.driver.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** What a master can be told and heeds. {@code B} is the builder itself. */
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

  /** Rows that each worker contributes to a step; a step has that times the workers. */
  public B batchSizePerWorker(int rows) {
    this.batchSizePerWorker = rows;
    this.saidBatchSize = true;
    return self();
  }

  /** How many workers; 0 for as many as Spark has task slots. */
  public B workers(int count) {
    this.workers = count;
    return self();
  }

  /** Parameter averaging every so many steps; 0 for all-reduce in every step. */
  public B averagingFrequency(int steps) {
    this.averagingFrequency = steps;
    this.saidAveraging = true;
    return self();
  }

  /**
   * Whether the optimizer's state outlives a fit, and is averaged with the parameters; it is unless
   * told otherwise. Without, each fit begins with a new state.
   */
  public B saveUpdater(boolean save) {
    this.saveUpdater = save;
    this.saidSaveUpdater = true;
    return self();
  }

  /** Logical shards of a step, a power of two: the same bits for any number of workers to it. */
  public B shards(int count) {
    this.shards = count;
    return self();
  }

  /** Whether to keep to the same bits for any number of workers; faster without. */
  public B reproducible(boolean sameBits) {
    this.reproducible = sameBits;
    return self();
  }

  /** Whether each epoch takes rows in another order; without, they are taken as they come. */
  public B shuffle(boolean shuffled) {
    this.shuffle = shuffled;
    return self();
  }

  /** What dropout, noise and a shuffled order are drawn from. */
  public B rngSeed(long number) {
    this.seed = number;
    return self();
  }

  /** How often a fit is tried when workers are lost. */
  public B attempts(int most) {
    this.attempts = most;
    return self();
  }

  /** Whether times of each fit are collected. */
  public B collectTrainingStats(boolean collect) {
    this.collectTrainingStats = collect;
    return self();
  }

  /** Where Spark keeps the examples while they are packed. */
  public B storageLevel(StorageLevel level) {
    this.storageLevel = level;
    return self();
  }

  /** A folder that driver and workers reach, for what a fit writes and removes again. */
  public B exportDirectory(@Nullable String folder) {
    this.exportDirectory = folder == null ? "" : folder;
    return self();
  }

  final MasterSettings settings() {
    return new MasterSettings(
        batchSizePerWorker,
        workers,
        new MasterSettings.Averaging(averagingFrequency, saveUpdater),
        new MasterSettings.Sharding(shards, reproducible),
        new MasterSettings.Order(shuffle, seed),
        attempts,
        collectTrainingStats,
        new MasterSettings.Storage(StorageChoice.of(storageLevel), exportDirectory));
  }

  /** Where DL4J's master would do something else, since it was not told. */
  final List<String> silentDifferences(boolean rowsFromConstructor) {
    List<String> differences = new ArrayList<>();
    if (rowsFromConstructor && !saidBatchSize) {
      differences.add(
          "Each worker takes "
              + batchSizePerWorker
              + " rows in a step, the number in Builder("
              + batchSizePerWorker
              + "). DL4J's master takes 16:"
              + " its Builder's number is the examples of a DataSet. Call batchSizePerWorker(rows)"
              + " to say which you mean");
    }
    if (!saidAveraging) {
      differences.add(
          "All workers' gradients are summed in every step (all-reduce). DL4J's master averages"
              + " parameters every 5 steps. Call averagingFrequency(5) for that, or"
              + " averagingFrequency(0) to say that you mean all-reduce");
    }
    if (saidAveraging && averagingFrequency > 0 && !saidSaveUpdater) {
      differences.add(
          "The optimizer's state is averaged and outlives a fit. DL4J's master begins anew after"
              + " each averaging. Call saveUpdater(true), or saveUpdater(false) to begin each fit"
              + " anew");
    }
    return differences;
  }
}
