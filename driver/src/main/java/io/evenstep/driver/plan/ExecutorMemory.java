package io.evenstep.driver.plan;

import io.evenstep.model.network.NetworkSize;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * The memory of an executor, and the estimated needs of its workers.
 *
 * @param heap bytes of Java heap
 * @param outside limit in bytes of memory outside the heap: Spark's overhead and off-heap memory
 * @param heapNeeded estimated bytes of Java heap that the workers need
 * @param outsideNeeded estimated bytes outside the heap that they need, including Java and the
 *     native libraries; this is the peak when resuming after a lost worker
 */
public record ExecutorMemory(long heap, long outside, long heapNeeded, long outsideNeeded) {
  /** Memory outside the heap of a JVM with Spark and the native libraries; measured. */
  static final long PROCESS_BYTES = 400L << 20;

  /** Heap that Spark reserves, and heap that it needs to run. */
  private static final long SPARK_HEAP_BYTES = 300L << 20;

  private static final long LEAST_OVERHEAD_BYTES = 384L << 20;

  /**
   * The memory of an executor of a cluster.
   *
   * @param workers number of its workers
   */
  public static ExecutorMemory of(
      SparkConf conf, WorkerMemory worker, NetworkSize size, int workers) {
    return new ExecutorMemory(
        heap(conf),
        outside(conf),
        heapNeeded(size, worker, workers),
        PROCESS_BYTES + workers * (worker.outsideHeap() + worker.lostAttempt()));
  }

  /** Bytes of an executor's Java heap. */
  static long heap(SparkConf conf) {
    return bytes(conf, "spark.executor.memory", "1g");
  }

  /** Bytes that an executor may use outside the heap. */
  static long outside(SparkConf conf) {
    long overhead =
        conf.contains("spark.executor.memoryOverhead")
            ? JavaUtils.byteStringAsMb(conf.get("spark.executor.memoryOverhead")) << 20
            : Math.max(
                LEAST_OVERHEAD_BYTES,
                (long) (heap(conf) * conf.getDouble("spark.executor.memoryOverheadFactor", 0.1)));
    boolean offHeap = conf.getBoolean("spark.memory.offHeap.enabled", false);
    return overhead + (offHeap ? bytes(conf, "spark.memory.offHeap.size", "0") : 0);
  }

  /** Java heap that this many workers of one process need: two copies of the network, and rows. */
  public static long heapNeeded(NetworkSize size, WorkerMemory worker, int workers) {
    long network = (size.parameters() + size.optimizerState()) * Float.BYTES;
    return SPARK_HEAP_BYTES + 2 * network + workers * worker.rowBytes() / 2;
  }

  /** Whether the heap is large enough. */
  public boolean heapSuffices() {
    return heapNeeded <= heap;
  }

  /** Whether a container with Spark's default overhead is large enough for this executor. */
  public boolean outsideSuffices() {
    return outsideNeeded <= outside;
  }

  /** The options that provide enough memory, one per line. */
  public String settings() {
    String heapLine = "--conf spark.executor.memory=" + Amounts.setting(heapNeeded);
    String overheadLine = "--conf spark.executor.memoryOverhead=" + Amounts.setting(outsideNeeded);
    if (heapSuffices()) {
      return overheadLine;
    }
    return outsideSuffices() ? heapLine : heapLine + " " + overheadLine;
  }

  private static long bytes(SparkConf conf, String key, String usual) {
    return JavaUtils.byteStringAsBytes(
        conf.get(key, usual).matches("\\d+") ? conf.get(key) + "m" : conf.get(key, usual));
  }
}
