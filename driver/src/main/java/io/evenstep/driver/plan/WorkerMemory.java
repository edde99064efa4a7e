package io.evenstep.driver.plan;

import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.feed.SequentialReader;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.sharing.ShardEncoder;
import java.util.Locale;

/**
 * Estimated memory of one worker. Workers that share a replica count a part of it each.
 *
 * @param gradientBytes of the gradient
 * @param parameterBytes of the parameters and of the copy they are restored from
 * @param stateBytes of the optimizer's state and its copy, and of residuals
 * @param sumBytes of partial sums of own shards, and of those received
 * @param activationBytes of one shard, or a piece of it, forward and backward
 * @param rowBytes of encoded and decoded rows read ahead, and of a batch in evaluation; half of it
 *     is in the Java heap
 */
public record WorkerMemory(
    long gradientBytes,
    long parameterBytes,
    long stateBytes,
    long sumBytes,
    long activationBytes,
    long rowBytes) {
  /** Activation, value before the activation function, and the error of the backward pass. */
  private static final int PER_ACTIVATION = 3;

  /**
   * The memory of each worker of a job with this plan.
   *
   * @param training with one way to keep replicas in agreement
   * @param hosts number of replicas: one per process, or one per worker if they do not share
   */
  public static WorkerMemory of(
      TrainingConfig training,
      NetworkSize size,
      ShardPlan shards,
      int hosts,
      StepTraffic traffic,
      long dataBytes,
      int recordBytes) {
    long vector = size.parameters() * Float.BYTES;
    int sharing = (shards.ranks() + hosts - 1) / hosts; // workers per replica
    int own = shards.mostShardsOfARank();
    int leftSums = Integer.SIZE - Integer.numberOfLeadingZeros(own - 1); // of a tree
    if (training.sync() instanceof Sync.Sharing) {
      leftSums = 1; // a gradient for each worker; messages are short
    }
    int replicas = training.sync() instanceof Sync.Averaging ? own : 1; // of a worker
    Wire wire = training.sync().wire();
    double asFloats = traffic.exchangeBytes() * vector / wire.bytes(size.parameters());
    double coded = wire == Wire.FLOAT32 ? 0 : 2 * traffic.exchangeBytes(); // sent and received
    long others = (long) (asFloats - vector * (hosts - 1.0) / hosts + coded);
    int kept = leftSums + (shards.pieces() > 1 ? 1 : 0); // and the sum of a shard's pieces
    kept += training.computing().attack().isNone() ? 0 : 1; // and the gradient of clean rows
    long rows = shards.mostRowsOfAPiece();
    return new WorkerMemory(
        replicas * vector,
        (1 + replicas) * vector / sharing,
        (1 + replicas) * size.optimizerState() * Float.BYTES / sharing
            + syncState(training.sync(), size, shards) / sharing,
        kept * vector + Math.max(0, others) / sharing,
        (long)
            Math.min(1L << 60, (double) PER_ACTIVATION * rows * size.activations() * Float.BYTES),
        (long) Math.min((double) dataBytes * training.epochs(), Limits.DEFAULT.prefetchBytes())
            + 2 * SequentialReader.batchBytes(recordBytes));
  }

  /** Of the first host, which collects the state of all others for a checkpoint. */
  private static long syncState(Sync sync, NetworkSize size, ShardPlan shards) {
    if (sync instanceof Sync.Sharing sharing) {
      long memory = ShardEncoder.memory(sharing.plan().method(), size.parameters());
      return shards.shards() * memory * Float.BYTES;
    } else if (sync instanceof Sync.Averaging averaging) {
      int vectors = averaging.plan().outer().sendsChanges() ? 2 : 0;
      boolean kept = averaging.plan().islands() > 0 && !averaging.plan().optimizerState();
      long states = kept ? shards.shards() * size.optimizerState() : 0;
      return (vectors * size.parameters() + states) * Float.BYTES;
    }
    return 0;
  }

  /** Parameters and gradient. */
  public long weightBytes() {
    return gradientBytes + parameterBytes;
  }

  /** Bytes outside the Java heap. */
  public long outsideHeap() {
    return weightBytes() + stateBytes + sumBytes + activationBytes + rowBytes;
  }

  /**
   * Additional bytes outside the Java heap after a lost worker. The replica of the previous attempt
   * is reused, but its gradient and sums still exist when the new attempt allocates its own.
   * Measured, see src/bench/README.md.
   */
  public long lostAttempt() {
    return gradientBytes + sumBytes;
  }

  /** The parts of {@link #outsideHeap()}. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "weights %s, optimizer %s, sums %s, activations %s, rows read ahead %s",
        Amounts.bytes(weightBytes()),
        Amounts.bytes(stateBytes),
        Amounts.bytes(sumBytes),
        Amounts.bytes(activationBytes),
        Amounts.bytes(rowBytes));
  }
}
