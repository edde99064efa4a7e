package io.evenstep.driver.plan;

import io.evenstep.driver.stage.Cuda;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.network.NetworkSize;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/** Compares the needs of workers with the resources of a session's executors. */
public final class ClusterPlan {
  private static final String GPU = "gpu";

  private final SparkContext spark;
  private final JobPlan plan;

  /** Adds facts about {@code spark} to {@code plan}. */
  public ClusterPlan(SparkContext spark, JobPlan plan) {
    this.spark = spark;
    this.plan = plan;
  }

  /**
   * Number of replicas.
   *
   * @param shared whether the workers of a process share one
   */
  public static int hosts(SparkContext spark, boolean shared, int workers) {
    if (!shared) {
      return workers;
    }
    return spark.isLocal() ? 1 : Math.min(workers, Math.max(1, executors(spark).size()));
  }

  /** Adds memory and GPUs. */
  public void add(WorkerMemory worker, NetworkSize size, int workers) {
    if (spark.isLocal()) {
      addProcess(worker, size, workers);
    } else {
      addExecutors(worker, size, workers);
    }
    addGpus(workers);
  }

  private void addProcess(WorkerMemory worker, NetworkSize size, int workers) {
    long heap = Runtime.getRuntime().maxMemory();
    long heapNeeded = ExecutorMemory.heapNeeded(size, worker, workers);
    long drivers =
        (2 * size.parameters() + size.optimizerState())
            * Float.BYTES; // the driver builds one replica
    long outside = ExecutorMemory.PROCESS_BYTES + drivers + workers * worker.outsideHeap();
    long machine = NativeMemory.total();
    plan.fact(
        "this process",
        String.format(
            Locale.ROOT,
            "needs %s of its %s heap, and %s outside the heap; the machine has %s",
            Amounts.bytes(heapNeeded),
            Amounts.bytes(heap),
            Amounts.bytes(outside),
            Amounts.bytes(machine)));
    if (heapNeeded > heap) {
      require("EVENSTEP_DRIVER_MEMORY", heapNeeded, heap);
    }
    if (heapNeeded + outside > machine) {
      plan.problem(
          new ConfigException(
              "Cannot train here: it needs "
                  + Amounts.bytes(heapNeeded + outside)
                  + ", the machine has "
                  + Amounts.bytes(machine)));
    }
  }

  private void addExecutors(WorkerMemory worker, NetworkSize size, int workers) {
    int executors = Math.max(1, executors().size());
    ExecutorMemory memory =
        ExecutorMemory.of(spark.getConf(), worker, size, (workers + executors - 1) / executors);
    plan.fact(
        "each executor",
        String.format(
            Locale.ROOT,
            "needs %s of its %s heap, and %s outside the heap, with a limit of %s%s",
            Amounts.bytes(memory.heapNeeded()),
            Amounts.bytes(memory.heap()),
            Amounts.bytes(memory.outsideNeeded()),
            Amounts.bytes(memory.outside()),
            isLimited() ? "" : " (this cluster does not enforce it)"));
    if (!memory.heapSuffices() || !memory.outsideSuffices()) {
      plan.fact("to make room", memory.settings());
    }
    if (!memory.heapSuffices()) {
      require("spark.executor.memory", memory.heapNeeded(), memory.heap());
    }
    if (!memory.outsideSuffices() && isLimited()) {
      require("spark.executor.memoryOverhead", memory.outsideNeeded(), memory.outside());
    }
  }

  private void require(String key, long needed, long there) {
    plan.problem(
        new ConfigException(
            key, "must be at least " + Amounts.setting(needed), Amounts.setting(there)));
  }

  private boolean isLimited() {
    return limitsMemory(spark);
  }

  /**
   * YARN and Kubernetes kill an executor that uses more than it requested; a standalone cluster
   * does not.
   */
  static boolean limitsMemory(SparkContext spark) {
    return !spark.master().startsWith("spark:") && !spark.master().startsWith("local");
  }

  private void addGpus(int workers) {
    double aTask = Cuda.cardsPerWorker(spark.getConf());
    long there =
        executors().stream()
            .map(executor -> executor.resources().get(GPU))
            .filter(found -> found.isDefined())
            .mapToLong(found -> found.get().addresses().length)
            .sum();
    plan.fact(
        "GPUs",
        String.format(
            Locale.ROOT, "%.0f requested, %d available", Math.ceil(aTask * workers), there));
    if (there < aTask * workers && !spark.isLocal()) {
      plan.problem(
          new ConfigException(
              "spark.task.resource.gpu.amount",
              "must be at most the "
                  + there
                  + " GPUs of the executors for "
                  + workers
                  + " workers together",
              aTask));
    }
  }

  private List<ExecutorSummary> executors() {
    return executors(spark);
  }

  /** GPUs available now. */
  static List<ExecutorSummary> executors(SparkContext spark) {
    return JavaConverters.seqAsJavaList(spark.statusStore().executorList(true)).stream()
        .filter(executor -> !executor.id().equals("driver"))
        .toList();
  }
}
