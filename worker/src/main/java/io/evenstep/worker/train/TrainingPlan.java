package io.evenstep.worker.train;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Everything that a worker must know about its run. Made by the driver and the same on every rank.
 *
 * @param identity identifies the run to its workers
 * @param batches how the training rows are divided into steps
 * @param epochs exact passes over the training rows, at least 1
 * @param sync how replicas are kept in agreement
 * @param stopping when to stop before the last epoch
 * @param output where the run writes, and how often
 * @param data the pack
 * @param limits time limits and memory limits
 */
public record TrainingPlan(
    Identity identity,
    Batches batches,
    int epochs,
    SyncPlan sync,
    Stopping stopping,
    Output output,
    Data data,
    Limits limits)
    implements Serializable {

  /** Checks the count. */
  public TrainingPlan {
    require(epochs >= 1, "epochs", "at least 1", epochs);
  }

  /**
   * Identifies a run to its workers.
   *
   * @param runId name of the run and attempt; workers of another run are refused
   * @param secret shared by the workers of the run
   * @param configSha256 of the job's configuration; a checkpoint of another configuration is not
   *     resumed
   * @param seed key of sampling order, dropout and noise
   */
  public record Identity(String runId, Secret secret, String configSha256, long seed)
      implements Serializable {
    private Identity ofAttempt(int attempt) {
      return new Identity(runId + "#" + attempt, secret, configSha256, seed);
    }
  }

  /**
   * How the training rows are divided into steps.
   *
   * @param rows of a global batch, at least 1; the last batch of an epoch may have fewer
   * @param shards logical shards of a global batch, a power of two, at least the number of workers
   * @param reproducible whether each shard is computed separately, for the same bits with any
   *     number of workers; otherwise each worker computes its whole part of a batch in one go
   */
  public record Batches(int rows, int shards, boolean reproducible) implements Serializable {
    /** Checks the counts. */
    public Batches {
      require(rows >= 1, "batch", "at least 1", rows);
      require(Integer.bitCount(shards) == 1 && shards > 0, "shards", "a power of two", shards);
    }
  }

  /**
   * The rows of a run.
   *
   * @param packFolder URI of the folder that block files are named relative to
   * @param validation evaluated at each epoch's end; may have no rows
   * @param test evaluated once, at the end; may have no rows
   * @param augmentations applied to the rows of {@code train} each time they are seen
   * @param order the order in which the rows of {@code train} are taken
   * @param segments how many steps each batch is divided into along time, at least 1
   * @param accumulate pieces that each shard is computed in before the one update, at least 1
   */
  public record Data(
      String packFolder,
      PackSplit train,
      PackSplit validation,
      PackSplit test,
      AugmentPlan augmentations,
      RowOrder order,
      int segments,
      int accumulate)
      implements Serializable {
    /** Checks the segments and the pieces. */
    public Data {
      require(
          segments == 1 || (segments > 1 && order == RowOrder.STORED),
          "segments",
          "1, or more when rows are taken in stored order",
          segments);
      require(
          accumulate == 1 || (accumulate > 1 && order == RowOrder.SHUFFLED),
          "accumulate",
          "1, or more where rows are shuffled",
          accumulate);
    }

    /** Shuffled rows, one step per batch. */
    public Data(
        String packFolder,
        PackSplit train,
        PackSplit validation,
        PackSplit test,
        AugmentPlan augmentations) {
      this(packFolder, train, validation, test, augmentations, RowOrder.SHUFFLED, 1, 1);
    }
  }

  /**
   * Where a run writes: {@code checkpoints/}, {@code model.zip} and, when early stopping chose an
   * earlier one, {@code model-last.zip}.
   *
   * @param folder URI of the run's folder
   * @param checkpointSteps steps between checkpoints; 0 for only at the end of epochs
   * @param keep checkpoints kept besides the best, at least 1
   * @param resume whether to resume from the newest checkpoint
   * @param losses which losses the workers report at the end
   */
  public record Output(
      String folder, long checkpointSteps, int keep, Resume resume, LossDetail losses)
      implements Serializable {
    /** Only losses of epochs. */
    public Output(String folder, long checkpointSteps, int keep, Resume resume) {
      this(folder, checkpointSteps, keep, resume, LossDetail.EPOCHS);
    }
  }

  /** Which losses are kept in memory for the report. */
  public enum LossDetail {
    /** One per epoch. */
    EPOCHS,
    /** Also one each time the replicas agree: every step, except with averaging. */
    STEPS
  }

  /** Whether a run resumes from its own checkpoint. */
  public enum Resume {
    /** Begins at step 0. */
    NEVER,
    /** Resumes from the newest valid checkpoint, if there is one. */
    AUTO,
    /** Resumes from the newest valid checkpoint, or fails. */
    MUST
  }

  /**
   * The plan of an attempt, counted from 1; all but the first resume from what the run has saved.
   */
  public TrainingPlan ofAttempt(int attempt) {
    Resume resume = attempt == 1 ? output.resume : Resume.AUTO;
    return new TrainingPlan(
        identity.ofAttempt(attempt),
        batches,
        epochs,
        sync,
        stopping,
        new Output(output.folder, output.checkpointSteps, output.keep, resume, output.losses),
        data,
        limits);
  }

  /** The same plan with another way to keep replicas in agreement. */
  public TrainingPlan with(SyncPlan way) {
    return new TrainingPlan(identity, batches, epochs, way, stopping, output, data, limits);
  }

  /** The division of the training rows for this many workers. */
  public ShardPlan shardPlan(int workers) {
    return ShardPlan.of(
            data.train().rows(), batches.rows(), data.segments(), fixedShards(), workers)
        .inPieces(data.accumulate());
  }

  private OptionalInt fixedShards() {
    if (sync instanceof SyncPlan.Averaging averaging) {
      return averaging.islands() > 0 ? OptionalInt.of(averaging.islands()) : OptionalInt.empty();
    }
    boolean fixed = sync instanceof SyncPlan.Sharing || batches.reproducible();
    return fixed ? OptionalInt.of(batches.shards()) : OptionalInt.empty();
  }

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": must be " + rule + ", got " + value);
    }
  }
}
