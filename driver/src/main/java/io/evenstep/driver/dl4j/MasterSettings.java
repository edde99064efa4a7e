package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;

/**
 * The settings of an {@link EvenstepTrainingMaster}. All of them are written to JSON.
 *
 * @param batchSizePerWorker rows per worker in a step
 * @param workers number of workers; 0 for one per task slot of Spark
 * @param averagingFrequency steps between parameter averagings; 0 for all-reduce in every step
 * @param saveUpdater whether the optimizer's state is averaged and kept between fits
 * @param shards logical shards of a step; 0 for the smallest power of two that is at least the
 *     number of workers
 * @param reproducible whether each shard is computed separately
 * @param shuffle whether each epoch shuffles the rows
 * @param seed seed of dropout, noise and shuffling
 * @param attempts maximum number of attempts when workers are lost
 * @param collectTrainingStats whether to collect the times of each fit
 * @param storageLevel how the examples are persisted while they are packed
 * @param exportDirectory where temporary packs and runs are written; empty for Hadoop's temporary
 *     folder
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
  /** Validates the settings. */
  MasterSettings {
    require(batchSizePerWorker >= 1, "batchSizePerWorker", "at least 1", batchSizePerWorker);
    require(workers >= 0, "workers", "at least 0", workers);
    require(averagingFrequency >= 0, "averagingFrequency", "at least 0", averagingFrequency);
    require(
        shards == 0 || Integer.bitCount(shards) == 1 && shards >= Math.max(1, workers),
        "shards",
        "a power of two and at least the number of workers",
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

  /** Number of shards of a step with this many workers. */
  int shardsFor(int numWorkers) {
    int enough = Integer.highestOneBit(Math.max(1, 2 * numWorkers - 1));
    return shards == 0 ? enough : shards;
  }
}
