package io.evenstep.driver.dl4j;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.evenstep.model.ConfigException;
import io.evenstep.model.engine.EngineChoice;
import java.util.Objects;

/**
 * The settings of an {@link EvenstepTrainingMaster}. All of them are written to JSON.
 *
 * @param batchSizePerWorker rows that a worker contributes to each step
 * @param workers how many workers; 0 for as many as Spark has task slots
 * @param averaging whether parameters are averaged
 * @param sharding how a step is cut and computed
 * @param order of the examples, and what is drawn at random
 * @param attempts how often training is tried when workers are lost
 * @param collectTrainingStats whether times of each fit are collected
 * @param storage what a fit keeps for a while
 */
record MasterSettings(
    int batchSizePerWorker,
    int workers,
    @JsonUnwrapped Averaging averaging,
    @JsonUnwrapped Sharding sharding,
    @JsonUnwrapped Order order,
    int attempts,
    boolean collectTrainingStats,
    @JsonUnwrapped Storage storage) {
  private static final String SHARDS_RULE = "a power of two and at least the number of workers";

  /** Checks the counts. */
  MasterSettings {
    require(batchSizePerWorker >= 1, "batchSizePerWorker", "at least 1", batchSizePerWorker);
    require(workers >= 0, "workers", "at least 0", workers);
    require(
        sharding.shards == 0 || sharding.shards >= workers, "shards", SHARDS_RULE, sharding.shards);
    require(attempts >= 1, "attempts", "at least 1", attempts);
  }

  /**
   * Whether parameters are averaged.
   *
   * @param frequency steps between parameter averagings; 0 for all-reduce in every step
   * @param saveUpdater whether the optimizer's state outlives a fit, and is averaged
   */
  record Averaging(@JsonProperty("averagingFrequency") int frequency, boolean saveUpdater) {
    /** Checks the frequency. */
    Averaging {
      require(frequency >= 0, "averagingFrequency", "at least 0", frequency);
    }

    boolean isOn() {
      return frequency > 0;
    }
  }

  /**
   * How a step is cut and computed.
   *
   * @param shards logical shards of a step; 0 for the smallest power of two that is no less than
   *     the workers
   * @param reproducible whether each shard is computed by itself
   * @param engine that computes the network; JSON of earlier versions has none, which is DL4J's
   */
  record Sharding(int shards, boolean reproducible, EngineChoice engine) {
    /** Checks the shards. */
    Sharding {
      engine = Objects.requireNonNullElse(engine, EngineChoice.DL4J);
      boolean isPower = shards > 0 && Integer.bitCount(shards) == 1;
      require(shards == 0 || isPower, "shards", SHARDS_RULE, shards);
    }

    /** Shards of a step of that many workers. */
    int shardsFor(int numWorkers) {
      int enough = Integer.highestOneBit(Math.max(1, 2 * numWorkers - 1));
      return shards == 0 ? enough : shards;
    }
  }

  /**
   * The order of the examples, and what is drawn at random.
   *
   * @param shuffle whether each epoch takes rows in another order; otherwise in their given order
   * @param seed of dropout, noise and the shuffled order
   */
  record Order(boolean shuffle, long seed) {}

  /**
   * What a fit stores temporarily.
   *
   * @param level where the examples are stored while they are packed
   * @param exportDirectory where packs and runs are written temporarily; empty for Hadoop's own
   *     temporary folder
   */
  record Storage(@JsonProperty("storageLevel") StorageChoice level, String exportDirectory) {}

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new ConfigException(name, "must be " + rule, value);
    }
  }
}
