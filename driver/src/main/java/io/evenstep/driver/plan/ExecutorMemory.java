package io.evenstep.driver.plan;

import io.evenstep.model.network.NetworkSize;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.JavaUtils;

/**
 * What an executor has, and what its workers need of it.
 *
 * @param heap Java heap it has, in bytes
 * @param outside bytes it may take outside of the heap: Spark's overhead and off-heap memory
 * @param heapNeeded bytes of Java heap that the workers need, by estimate
 * @param outsideNeeded bytes outside of it that they need, by estimate, with all that Java and the
 *     native libraries take themselves, when they go on after a lost worker; until then it is less
 */
public record ExecutorMemory(long heap, long outside, long heapNeeded, long outsideNeeded) {
  /** What a JVM with Spark and the native libraries takes outside of its heap; measured. */
  static final long PROCESS_BYTES = 400L << 20;

  /** What Spark keeps for itself, and what it needs to live. */
  private static final long SPARK_HEAP_BYTES = 300L << 20;

  private static final long LEAST_OVERHEAD_BYTES = 384L << 20;

  /**
   * The memory of an executor of a cluster.
   *
   * @param workers how many it will have
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

  /** Bytes that an executor may take outside of it. */
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

  /** Java heap that so many workers of one process need: the shipped network, twice, and rows. */
  public static long heapNeeded(NetworkSize size, WorkerMemory worker, int workers) {
    long network = (size.parameters() + size.optimizerState()) * Float.BYTES;
    return SPARK_HEAP_BYTES + 2 * network + workers * worker.rowBytes() / 2;
  }

  /** Whether the heap suffices. */
  public boolean heapSuffices() {
    return heapNeeded <= heap;
  }

  /** Whether a container of Spark's default size for this executor suffices. */
  public boolean outsideSuffices() {
    return outsideNeeded <= outside;
  }

  /** The options that make room, one a line. */
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
