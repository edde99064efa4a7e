package io.evenstep.driver.config;

import io.evenstep.driver.config.key.Encryption;
import io.evenstep.driver.config.key.KeepingKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.worker.plan.ShardPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a network is trained.
 *
 * @param workers 0 for one per task slot, up to {@code shards}
 * @param shards parts of a global batch: a power of two, at least {@code workers}
 * @param batch rows per step over all workers, at least 1
 * @param accumulate number of pieces that each part of a batch is computed in, before the step
 * @param epochs at least 1
 * @param sync how replicas are kept in agreement
 * @param reproducible whether any number of workers gives the same bits
 * @param engine computes the network
 * @param stopping early stopping; empty to train every epoch
 * @param checkpoints when checkpoints are written
 * @param attempts attempts at the barrier stage, at least 1
 * @param timeout longest wait for a worker that is alive but slow
 * @param silence longest time a worker may send nothing
 * @param encryption whether traffic of workers is encrypted
 */
public record TrainingConfig(
    int workers,
    int shards,
    int batch,
    int accumulate,
    int epochs,
    Sync sync,
    boolean reproducible,
    EngineChoice engine,
    Optional<StoppingConfig> stopping,
    CheckpointPolicy checkpoints,
    int attempts,
    Duration timeout,
    Duration silence,
    Encryption encryption) {

  static TrainingConfig of(Settings settings) {
    return new TrainingConfig(
        workers(settings.of(TrainingKeys.WORKERS)),
        settings.of(TrainingKeys.SHARDS),
        settings.of(TrainingKeys.BATCH),
        settings.of(TrainingKeys.ACCUMULATE),
        settings.of(TrainingKeys.EPOCHS),
        sync(settings),
        settings.of(TrainingKeys.REPRODUCIBLE),
        settings.of(TrainingKeys.ENGINE),
        stopping(settings),
        new CheckpointPolicy(
            settings.of(KeepingKeys.CHECKPOINT_STEPS), settings.of(KeepingKeys.CHECKPOINT_KEEP)),
        settings.of(KeepingKeys.ATTEMPTS),
        Duration.ofSeconds(settings.of(KeepingKeys.TIMEOUT_SECONDS)),
        Duration.ofSeconds(settings.of(KeepingKeys.SILENCE_SECONDS)),
        settings.of(KeepingKeys.ENCRYPTION));
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
    boolean fixed = sync instanceof Sync.AllReduce && reproducible;
    OptionalInt fixedShards = fixed ? OptionalInt.of(shards) : OptionalInt.empty();
    return ShardPlan.of(rows, batch, 1, fixedShards, workers).inPieces(accumulate);
  }

  static int workers(String text) {
    return text.equals("auto") ? 0 : Integer.parseInt(text);
  }

  private static Sync sync(Settings settings) {
    return settings.of(TrainingKeys.SYNC) == Sync.Choice.AVERAGING
        ? new Sync.Averaging(
            settings.of(TrainingKeys.AVERAGING_EVERY), settings.of(TrainingKeys.AVERAGING_STATE))
        : new Sync.AllReduce(settings.of(TrainingKeys.WIRE));
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
