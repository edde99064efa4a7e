package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;

/**
 * What an {@link EvenstepTrainingMaster} was built with. It says nothing that is not written to
 * JSON.
 *
 * @param batchSizePerWorker rows that a worker contributes to each step
 * @param workers how many workers; 0 for as many as Spark has task slots
 * @param averagingFrequency steps between parameter averagings; 0 for all-reduce in every step
 * @param saveUpdater whether the optimizer's state outlives a fit, and is averaged
 * @param shards logical shards of a step; 0 for the smallest power of two that is no less than the
 *     workers
 * @param reproducible whether each shard is computed by itself
 * @param shuffle whether each epoch takes rows in another order; else as they come
 * @param seed what dropout, noise and the shuffled order are drawn from
 * @param attempts how often training is tried when workers are lost
 * @param collectTrainingStats whether times of each fit are collected
 * @param storageLevel where the examples are kept while they are packed
 * @param exportDirectory where packs and runs are written for a while; empty for Hadoop's own
 *     temporary folder
 */
record MasterSettings(
    int batchSizePerWorker,
    int workers,
    int averagingFrequency,
    boolean saveUpdater,
    int shards,
    boolean reproducible,
    boolean shuffle,
    long seed,
    int attempts,
    boolean collectTrainingStats,
    StorageChoice storageLevel,
    String exportDirectory) {
  /** Checks the counts. */
  MasterSettings {
    require(batchSizePerWorker >= 1, "batchSizePerWorker", "at least 1", batchSizePerWorker);
    require(workers >= 0, "workers", "at least 0", workers);
    require(averagingFrequency >= 0, "averagingFrequency", "at least 0", averagingFrequency);
    require(
        shards == 0 || Integer.bitCount(shards) == 1 && shards >= Math.max(1, workers),
        "shards",
        "a power of two and no less than the workers",
        shards);
    require(attempts >= 1, "attempts", "at least 1", attempts);
  }

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new ConfigException(name, "must be " + rule, value);
    }
  }

  boolean averages() {
    return averagingFrequency > 0;
  }

  /** Shards of a step of that many workers. */
  int shardsFor(int numWorkers) {
    int enough = Integer.highestOneBit(Math.max(1, 2 * numWorkers - 1));
    return shards == 0 ? enough : shards;
  }
}
