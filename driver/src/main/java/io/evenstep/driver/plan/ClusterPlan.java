package io.evenstep.driver.plan;

import io.evenstep.driver.stage.Cuda;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeMemory;
import io.evenstep.model.network.NetworkSize;
import java.util.Locale;

/** Compares the needs of workers with the resources of a session's executors. */
public final class ClusterPlan {
  private static final String GPU = "gpu";

  private final JobSite site;
  private final JobPlan plan;

  /** Adds facts about {@code site} to {@code plan}. */
  public ClusterPlan(JobSite site, JobPlan plan) {
    this.site = site;
    this.plan = plan;
  }

  /**
   * Number of replicas.
   *
   * @param shared whether the workers of a process share one
   */
  public static int hosts(JobSite site, boolean shared, int workers) {
    if (!shared) {
      return workers;
    }
    return site.isLocal() ? 1 : Math.min(workers, Math.max(1, site.executors().size()));
  }

  /** Adds memory and GPUs. */
  public void add(WorkerMemory worker, NetworkSize size, int workers) {
    if (site.isLocal()) {
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
    int executors = Math.max(1, site.executors().size());
    ExecutorMemory memory =
        ExecutorMemory.of(site.settings(), worker, size, (workers + executors - 1) / executors);
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
    return limitsMemory(site);
  }

  /**
   * YARN and Kubernetes kill an executor that uses more than it requested; a standalone cluster
   * does not.
   */
  static boolean limitsMemory(JobSite site) {
    return !site.master().startsWith("spark:") && !site.master().startsWith("local");
  }

  private void addGpus(int workers) {
    double aTask = Cuda.cardsPerWorker(site.settings());
    long there =
        site.executors().stream()
            .map(executor -> executor.resources().get(GPU))
            .filter(found -> found.isDefined())
            .mapToLong(found -> found.get().addresses().length)
            .sum();
    plan.fact(
        "GPUs",
        String.format(
            Locale.ROOT, "%.0f requested, %d available", Math.ceil(aTask * workers), there));
    if (there < aTask * workers && !site.isLocal()) {
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
}
