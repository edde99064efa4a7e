package io.evenstep.driver.stage;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import scala.collection.JavaConverters;

/** The task slots of a session. A barrier stage needs one for each worker at the same time. */
public final class Slots {
  private static final Duration POLL = Duration.ofMillis(200);

  /** A cluster counts as complete when no executor has joined for this long. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  /** Containers start slowly on a busy cluster. */
  private static final Duration FIRST_EXECUTOR = Duration.ofMinutes(2);

  /** Longest wait for more executors after the first one. */
  private static final Duration MORE_EXECUTORS = Duration.ofSeconds(25);

  private Slots() {}

  /** Number of workers that could train now on all registered executors. */
  public static int available(SparkContext spark) {
    return ComputeTasks.of(spark).slots();
  }

  /**
   * Waits until there is a slot for each worker: up to two minutes for the first executor, then a
   * shorter time for the rest. A local master has all its slots from the start.
   *
   * @param workers number of slots needed; 0 for all available, up to {@code most}
   * @param most upper bound when {@code workers} is 0
   * @param stop ends the wait
   * @return number of workers, at least 1
   * @throws io.evenstep.driver.control.TemporaryException when a stop is requested, as in the next
   *     method, or when there are too few slots but more may come
   * @throws ConfigException when there are too few slots and no more can come
   */
  public static int await(SparkContext spark, int workers, int most, StopRequest stop) {
    return await(spark, ComputeTasks.of(spark), workers, most, stop);
  }

  static int await(
      SparkContext spark, ComputeTasks compute, int workers, int most, StopRequest stop) {
    stop.requireNone("before training");
    int needed = Math.max(1, workers);
    boolean mayGrow = workers == 0 && !spark.isLocal();
    long began = System.nanoTime();
    int slots = compute.slots();
    long settled = System.nanoTime() + (mayGrow ? toSettle(spark).toNanos() : 0);
    while (slots < Math.max(needed, mayGrow ? most : 0)
        && (slots < needed || System.nanoTime() < settled)
        && !spark.isLocal()
        && System.nanoTime() - began < (slots == 0 ? FIRST_EXECUTOR : MORE_EXECUTORS).toNanos()) {
      pause(stop);
      int now = compute.slots();
      settled = now == slots || !mayGrow ? settled : System.nanoTime() + SETTLE.toNanos();
      slots = now;
    }
    return chosen(slots, workers, most, spark.getConf());
  }

  /**
   * The number of workers for the slots that there are.
   *
   * @param workers number of slots needed; 0 for all, up to {@code most}
   * @param most upper bound when {@code workers} is 0
   * @throws io.evenstep.driver.control.TemporaryException when there are too few slots but more may
   *     come
   * @throws ConfigException when there are too few slots and no more can come
   */
  public static int chosen(int slots, int workers, int most, SparkConf conf) {
    if (slots < Math.max(1, workers)) {
      throw tooFew(slots, workers, conf);
    }
    return workers == 0 ? Math.min(slots, most) : workers;
  }

  /** An error of the job if no more slots can come; otherwise a temporary failure. */
  static RuntimeException tooFew(int slots, int workers, SparkConf conf) {
    String master = conf.get("spark.master");
    if (Math.max(1, workers) > most(slots, conf)) {
      return new ConfigException(
          "training.workers",
          "must be at most the " + most(slots, conf) + " task slots that " + master + " offers",
          workers);
    }
    if (slots == 0) {
      return new TemporaryException(
          "Cannot train yet: no executor with a free task slot registered at "
              + master
              + " within "
              + FIRST_EXECUTOR.toSeconds()
              + " s; check there whether executors of this size can start and what else is"
              + " running");
    }
    return new TemporaryException(
        "Cannot train yet: "
            + slots
            + " of "
            + workers
            + " task slots are available at "
            + master
            + " after "
            + MORE_EXECUTORS.toSeconds()
            + " s; check there what else is running");
  }

  /** Whether driver and workers share one process with this master. */
  public static boolean isLocal(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  /** Maximum number of slots under these settings, if they limit it. */
  private static int most(int slots, SparkConf conf) {
    String master = conf.get("spark.master");
    int cpus = Math.max(1, conf.getInt("spark.task.cpus", 1));
    if (master.startsWith("local")) {
      return slots;
    } else if (master.startsWith("spark:")) {
      return conf.getInt("spark.cores.max", Integer.MAX_VALUE) / cpus;
    }
    int each = conf.getInt("spark.executor.cores", 1) / cpus;
    return Math.max(slots, conf.getInt("spark.executor.instances", 2) * each);
  }

  /**
   * The same, without stop requests.
   *
   * @throws ConfigException when there are too few slots
   */
  public static int await(SparkContext spark, int workers, int most) {
    return await(spark, workers, most, new StopRequest());
  }

  /**
   * Waits for the cluster to replace lost executors.
   *
   * @param workers number of workers before
   * @param replacement longest wait for all of them
   * @param limit longest wait for the first
   * @param stop ends the wait
   * @return number of slots, at most {@code workers}; 0 if there is none after {@code limit}
   */
  public static int awaitReplacement(
      SparkContext spark, int workers, Duration replacement, Duration limit, StopRequest stop) {
    return awaitReplacement(ComputeTasks.of(spark), workers, replacement, limit, stop);
  }

  static int awaitReplacement(
      ComputeTasks compute, int workers, Duration replacement, Duration limit, StopRequest stop) {
    long began = System.nanoTime();
    int slots = compute.slots();
    while (slots < workers
        && System.nanoTime() - began < (slots == 0 ? limit : replacement).toNanos()) {
      pause(stop);
      slots = compute.slots();
    }
    return Math.min(slots, workers);
  }

  /**
   * Remaining time without a new executor. In a session's second job the executors have been there
   * for long.
   */
  private static Duration toSettle(SparkContext spark) {
    return JavaConverters.seqAsJavaList(spark.statusStore().executorList(true)).stream()
        .filter(executor -> !executor.id().equals("driver"))
        .map(executor -> executor.addTime().toInstant())
        .max(Comparator.naturalOrder())
        .map(newest -> toSettle(newest, Instant.now()))
        .orElse(SETTLE);
  }

  static Duration toSettle(Instant newest, Instant now) {
    Duration left = Duration.between(now, newest.plus(SETTLE));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static void pause(StopRequest stop) {
    LockSupport.parkNanos(POLL.toNanos());
    stop.requireNone("while waiting for task slots");
  }
}
