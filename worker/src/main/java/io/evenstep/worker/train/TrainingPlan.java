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
 * Everything a worker must know of its run, made by the driver and the same on every rank.
 *
 * @param identity what the workers of the run know it by
 * @param batches how the training rows are put into steps
 * @param epochs exact passes over the training rows, at least 1
 * @param sync how replicas are made to agree
 * @param stopping when to stop before the last epoch
 * @param output where the run writes, and how often
 * @param data the pack
 * @param limits how long to wait and how much to hold
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
   * What the workers of a run know it by.
   *
   * @param runId name of the run and attempt; workers of another one are refused
   * @param secret what the workers of the run know each other by
   * @param configSha256 of the job's configuration; a checkpoint of another one is not resumed
   * @param seed what sampling order, dropout and noise are drawn from
   */
  public record Identity(String runId, Secret secret, String configSha256, long seed)
      implements Serializable {
    private Identity ofAttempt(int attempt) {
      return new Identity(runId + "#" + attempt, secret, configSha256, seed);
    }
  }

  /**
   * How the training rows are put into steps.
   *
   * @param rows of a global batch, at least 1; the last one of an epoch may be shorter
   * @param shards logical shards of a global batch, a power of two, at least the number of workers
   * @param reproducible whether each shard is computed by itself, for the same bits with any number
   *     of workers; else each worker takes its whole part of a batch at once
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
   * @param augmentations done to the rows of {@code train} each time they are seen
   * @param order in which order the rows of {@code train} are taken
   * @param segments steps that each batch is cut into along time, at least 1
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
          "1, or more where rows are taken as they are stored",
          segments);
      require(
          accumulate == 1 || (accumulate > 1 && order == RowOrder.SHUFFLED),
          "accumulate",
          "1, or more where rows are shuffled",
          accumulate);
    }

    /** Shuffled rows, one step a batch. */
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
   * @param checkpointSteps steps between checkpoints; 0 for epochs' ends only
   * @param keep checkpoints kept besides the best, at least 1
   * @param resume whether to go on from the newest checkpoint
   * @param losses which losses the workers report at the end
   */
  public record Output(
      String folder, long checkpointSteps, int keep, Resume resume, LossDetail losses)
      implements Serializable {
    /** Losses of epochs alone. */
    public Output(String folder, long checkpointSteps, int keep, Resume resume) {
      this(folder, checkpointSteps, keep, resume, LossDetail.EPOCHS);
    }
  }

  /** Which losses are kept in memory for the report. */
  public enum LossDetail {
    /** One an epoch. */
    EPOCHS,
    /** Also one each time the replicas agree: every step, but for averaging. */
    STEPS
  }

  /** Whether a run goes on from a checkpoint of its own. */
  public enum Resume {
    /** It begins at step 0. */
    NEVER,
    /** It goes on from the newest good one, if there is one. */
    AUTO,
    /** It goes on from the newest good one, or fails. */
    MUST
  }

  /** The plan of an attempt, counted from 1; all but the first go on from what the run has kept. */
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

  /** How the training rows are cut for so many workers. */
  public ShardPlan shardPlan(int workers) {
    boolean fixed = sync instanceof SyncPlan.AllReduce && batches.reproducible();
    OptionalInt fixedShards = fixed ? OptionalInt.of(batches.shards()) : OptionalInt.empty();
    return ShardPlan.of(data.train().rows(), batches.rows(), data.segments(), fixedShards, workers)
        .inPieces(data.accumulate());
  }

  private static void require(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": must be " + rule + ", got " + value);
    }
  }
}
