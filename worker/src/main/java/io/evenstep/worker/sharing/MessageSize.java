package io.evenstep.worker.sharing;

import io.evenstep.model.ConfigException;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.SyncPlan.Method;
import java.util.Locale;

/** How long the messages of {@link ShardEncoder} can get. */
public final class MessageSize {
  /** Bytes of a host's packet besides its messages, for each of them. */
  public static final int AROUND = Double.BYTES + Integer.BYTES;

  private static final int BEGINNING = 10 + Float.BYTES; // the count and the threshold
  private static final int VARINT_BITS = 7;
  private static final double FINEST = 1e-4; // of a sparsity that is suggested

  private MessageSize() {}

  /**
   * Most bytes of a message in any step.
   *
   * @param gradients entries that are sent sparsely
   * @param statistics entries that are sent whole
   */
  public static long most(SyncPlan.Sharing plan, long gradients, long statistics) {
    boolean signs = plan.method() == Method.THRESHOLD;
    long wanted = Math.max(plan.entries(gradients, 0), plan.entries(gradients, Long.MAX_VALUE));
    long entries = signs ? Math.min(gradients, ShardEncoder.MOST_OF_WANTED * wanted) : wanted;
    long bytes = BEGINNING + entries * (signs ? 1 : 1 + Short.BYTES) + statistics * Float.BYTES;
    for (int bits = signs ? VARINT_BITS - 1 : VARINT_BITS; bits < 32; bits += VARINT_BITS) {
      bytes += Math.min(entries, gradients >>> bits); // more distances cannot be so long
    }
    return bytes;
  }

  /**
   * About the bytes of a message after the warm-up.
   *
   * @param gradients entries that are sent sparsely, at least 1
   * @param statistics entries that are sent whole
   */
  public static double usual(SyncPlan.Sharing plan, long gradients, long statistics) {
    boolean signs = plan.method() == Method.THRESHOLD;
    double entries = plan.entries(gradients, Long.MAX_VALUE);
    double distance = (signs ? 2 : 1) * gradients / entries; // its lowest bit is a sign
    int place = distance < 1 << VARINT_BITS ? 1 : distance < 1 << 2 * VARINT_BITS ? 2 : 3;
    return entries * (place + (signs ? 0 : Short.BYTES)) + statistics * Float.BYTES;
  }

  /**
   * Makes sure that the messages of a host fit into one packet.
   *
   * @param shards of the host
   * @param limit bytes of a packet
   * @throws ConfigException when they do not, with the setting to change
   */
  public static void requireFits(
      SyncPlan.Sharing plan, long gradients, long statistics, int shards, long limit) {
    if (fits(plan, gradients, statistics, shards, limit)) {
      return;
    }
    String because =
        String.format(
            Locale.ROOT,
            ", because the messages of the %d parts of a batch that one process computes, with"
                + " %,d parameters, must fit into %d MB; or use more processes, or fewer"
                + " training.shards",
            shards,
            gradients + statistics,
            limit >> 20);
    SyncPlan.Sharing cold = with(plan, plan.sparsity(), 0);
    if (fits(cold, gradients, statistics, shards, limit)) {
      String rule = "must be 0: the first steps of a warm-up send more" + because;
      throw new ConfigException("training.sharing.warmupSteps", rule, plan.warmupSteps());
    }
    String least =
        String.format(Locale.ROOT, "%.4f", least(cold, gradients, statistics, shards, limit));
    throw new ConfigException(
        "training.sharing.sparsity", "must be at least " + least + because, plan.sparsity());
  }

  private static boolean fits(
      SyncPlan.Sharing plan, long gradients, long statistics, int shards, long limit) {
    return Integer.BYTES + shards * (AROUND + most(plan, gradients, statistics)) <= limit;
  }

  /** The least sparsity that fits; close to 1 if none does. */
  private static double least(
      SyncPlan.Sharing plan, long gradients, long statistics, int shards, long limit) {
    long steps = Math.round(1 / FINEST) - 1;
    long low = 0;
    for (long high = steps; low < high; ) {
      long middle = (low + high) / 2;
      if (fits(with(plan, middle * FINEST, 0), gradients, statistics, shards, limit)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low * FINEST;
  }

  private static SyncPlan.Sharing with(SyncPlan.Sharing plan, double sparsity, long warmup) {
    return new SyncPlan.Sharing(
        plan.method(), sparsity, plan.threshold(), plan.momentum(), plan.clipNorm(), warmup);
  }
}
