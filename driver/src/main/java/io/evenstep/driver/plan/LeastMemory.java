package io.evenstep.driver.plan;

import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.plan.ShardPlan;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * Refuses a run that cannot fit into memory. Counts only the minimum, so that a run that might fit
 * is attempted; {@link ClusterPlan} estimates the total.
 */
public final class LeastMemory {
  /** A network is sent in one Java array, and random weights hardly compress. */
  private static final long MOST_PARAMETERS = 1L << 29;

  private LeastMemory() {}

  /**
   * Checks the minimum memory of one process in this session, if its limit is known. @throws
   * ConfigException naming the memory needed and available
   */
  public static void require(SparkContext spark, NetworkSize size, ShardPlan shards) {
    if (spark.isLocal()) {
      int workers = shards.ranks();
      long rows = shards.mostRowsOfAPiece();
      NativeMemory.require(
          workers * size.leastBytes(rows),
          "train on " + workers + (workers == 1 ? " worker" : " workers"),
          String.format(
              Locale.ROOT,
              "each needs %,d parameters, a gradient of the same size, %,d numbers of optimizer"
                  + " state and %,d activations for each of %,d rows: use fewer workers, more"
                  + " shards, a smaller batch or a smaller network",
              size.parameters(),
              size.optimizerState(),
              size.activations(),
              rows));
    } else if (ClusterPlan.limitsMemory(spark)) {
      requireOfExecutors(spark.getConf(), ClusterPlan.executors(spark).size(), size, shards);
    }
  }

  /** All workers of an executor must fit into its container. */
  static void requireOfExecutors(
      SparkConf conf, int executors, NetworkSize size, ShardPlan shards) {
    int each = Math.max(1, executors);
    int workers = (shards.ranks() + each - 1) / each;
    double needed = workers * size.leastBytes(shards.mostRowsOfAPiece());
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
