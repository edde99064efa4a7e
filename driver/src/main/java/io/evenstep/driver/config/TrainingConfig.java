package io.evenstep.driver.config;

import io.evenstep.driver.config.key.AdversarialKeys;
import io.evenstep.driver.config.key.Encryption;
import io.evenstep.driver.config.key.KeepingKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Precision;
import io.evenstep.worker.plan.ShardPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a network is trained.
 *
 * @param workers 0 for one per slot, but at most one per shard
 * @param batches how rows are divided into steps
 * @param epochs at least 1
 * @param sync how replicas are synchronized
 * @param computing what computes the network, and in which numbers
 * @param stopping empty to train every epoch
 * @param checkpoints when the run is kept
 * @param peers how workers communicate
 */
public record TrainingConfig(
    int workers,
    Batches batches,
    int epochs,
    Sync sync,
    Computing computing,
    Optional<StoppingConfig> stopping,
    CheckpointPolicy checkpoints,
    Peers peers) {

  /**
   * How rows are put into steps.
   *
   * @param rows of a step over all workers together, at least 1
   * @param shards parts of a global batch: a power of two, at least {@code workers}
   * @param accumulate pieces that each part of a batch is computed in before the one step
   * @param reproducible whether any number of workers must give the same bits
   */
  public record Batches(int rows, int shards, int accumulate, boolean reproducible) {}

  /**
   * How a step is computed.
   *
   * @param engine what computes the network
   * @param precision of products
   * @param attack on the rows of a step
   */
  public record Computing(EngineChoice engine, Precision precision, Attack attack) {}

  /**
   * How workers deal with each other.
   *
   * @param attempts how often training is tried when a worker is lost, at least 1
   * @param timeout longest a worker waits for another that is alive but slow
   * @param silence longest a worker may send nothing at all
   * @param encryption whether what workers send is encrypted
   */
  public record Peers(int attempts, Duration timeout, Duration silence, Encryption encryption) {}

  static TrainingConfig of(Settings settings) {
    return new TrainingConfig(
        workers(settings.of(TrainingKeys.WORKERS)),
        new Batches(
            settings.of(TrainingKeys.BATCH),
            settings.of(TrainingKeys.SHARDS),
            settings.of(TrainingKeys.ACCUMULATE),
            settings.of(TrainingKeys.REPRODUCIBLE)),
        settings.of(TrainingKeys.EPOCHS),
        SyncSettings.sync(settings),
        new Computing(
            settings.of(TrainingKeys.ENGINE),
            settings.of(TrainingKeys.PRECISION),
            AdversarialKeys.of(settings)),
        stopping(settings),
        new CheckpointPolicy(
            settings.of(KeepingKeys.CHECKPOINT_STEPS), settings.of(KeepingKeys.CHECKPOINT_KEEP)),
        new Peers(
            settings.of(KeepingKeys.ATTEMPTS),
            Duration.ofSeconds(settings.of(KeepingKeys.TIMEOUT_SECONDS)),
            Duration.ofSeconds(settings.of(KeepingKeys.SILENCE_SECONDS)),
            settings.of(KeepingKeys.ENCRYPTION)));
  }

  /** The engine that is asked for. */
  public EngineChoice engine() {
    return computing.engine();
  }

  /**
   * Total steps of the job without early stopping.
   *
   * @param rows training rows
   */
  public long steps(long rows) {
    return epochs * shardPlan(rows, 1).stepsPerEpoch();
  }

  /** How training rows are cut for this many workers; the workers use the same plan. */
  public ShardPlan shardPlan(long rows, int workers) {
    return ShardPlan.of(rows, batches.rows, 1, fixedShards(), workers).inPieces(batches.accumulate);
  }

  /** The same with another way to keep replicas in agreement. */
  public TrainingConfig with(Sync way) {
    return new TrainingConfig(
        workers, batches, epochs, way, computing, stopping, checkpoints, peers);
  }

  private OptionalInt fixedShards() {
    if (sync instanceof Sync.Averaging averaging) {
      int islands = averaging.plan().islands();
      return islands > 0 ? OptionalInt.of(islands) : OptionalInt.empty();
    }
    boolean fixed = sync instanceof Sync.Sharing || batches.reproducible;
    return fixed ? OptionalInt.of(batches.shards) : OptionalInt.empty();
  }

  /** The largest number of workers that the job can use. */
  public int mostWorkers() {
    int most = batches.shards;
    for (Sync way : sync.ways()) {
      most = Math.min(most, with(way).fixedShards().orElse(most));
    }
    return most;
  }

  static int workers(String text) {
    return text.equals("auto") ? 0 : Integer.parseInt(text);
  }

  private static Optional<StoppingConfig> stopping(Settings settings) {
    int patience = settings.of(KeepingKeys.PATIENCE);
    return patience == 0
        ? Optional.empty()
        : Optional.of(
            new StoppingConfig(
                settings.of(KeepingKeys.STOPPING_METRIC),
                patience,
                settings.of(KeepingKeys.MIN_DELTA)));
  }
}
