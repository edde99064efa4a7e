package io.evenstep.driver.plan;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.plan.ShardPlan;
import java.util.Locale;
import org.apache.spark.SparkConf;

/**
 * Refuses a run that cannot fit into memory. Counts only the minimum, so that a run that might fit
 * is attempted; {@link ClusterPlan} estimates the total.
 */
public final class LeastMemory {
  /** A network is sent in one Java array, and random weights hardly compress. */
  private static final long MOST_PARAMETERS = 1L << 29;

  private LeastMemory() {}

  /**
   * Looks at what one process of this site must hold, where its memory is known.
   *
   * @param shared whether the workers of a process share one replica
   * @throws ConfigException when it cannot, with what it takes and what there is
   */
  public static void require(JobSite site, NetworkSize size, ShardPlan shards, boolean shared) {
    if (site.isLocal()) {
      int workers = shards.ranks();
      long rows = shards.mostRowsOfAPiece();
      NativeMemory.require(
          bytes(size, workers, rows, shared),
          "train on " + workers + (workers == 1 ? " worker" : " workers"),
          String.format(
              Locale.ROOT,
              "%s %,d parameters and %,d numbers of optimizer state, and each has a gradient and"
                  + " %,d activations for each of %,d rows: use fewer workers, more shards, a"
                  + " smaller batch or a smaller network",
              shared && workers > 1 ? "they share" : "each has",
              size.parameters(),
              size.optimizerState(),
              size.activations(),
              rows));
    } else if (ClusterPlan.limitsMemory(site)) {
      int executors = site.executors().size();
      requireOfExecutors(site.settings(), executors, size, shards, shared);
    }
  }

  /** What the workers of one process take. */
  private static double bytes(NetworkSize size, int workers, long rows, boolean shared) {
    return shared ? size.leastBytes(workers, rows) : workers * size.leastBytes(1, rows);
  }

  /** All workers of an executor must fit into its container. */
  static void requireOfExecutors(
      SparkConf conf, int executors, NetworkSize size, ShardPlan shards, boolean shared) {
    int each = Math.max(1, executors);
    int workers = (shards.ranks() + each - 1) / each;
    double needed = bytes(size, workers, shards.mostRowsOfAPiece(), shared);
    long heap = ExecutorMemory.heap(conf);
    long outside = ExecutorMemory.outside(conf);
    if (needed > (double) heap + outside) {
      throw new ConfigException(
          "spark.executor.memoryOverhead",
          "must be at least "
              + Amounts.setting((long) Math.min(1L << 60, needed) - heap)
              + " with spark.executor.memory "
              + Amounts.setting(heap)
              + ", because "
              + workers
              + (workers == 1 ? " worker" : " workers")
              + " of one executor need at least "
              + Amounts.bytes(needed)
              + " together",
          Amounts.setting(outside));
    }
  }

  /**
   * Checks the size of the network sent to the workers.
   *
   * @throws ConfigException when it has more parameters than can be sent or fit into the heap
   */
  public static void requireShippable(long parameters) {
    if (parameters > MOST_PARAMETERS) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Cannot train the network: must have at most %,d parameters, the most that can be"
                  + " sent to a worker at once, got %,d",
              MOST_PARAMETERS,
              parameters));
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (parameters * Float.BYTES > heap) {
      throw new ConfigException(
          "EVENSTEP_DRIVER_MEMORY",
          "must be at least " + Amounts.setting(2 * parameters * Float.BYTES) + " for this network",
          Amounts.setting(heap));
    }
  }
}
