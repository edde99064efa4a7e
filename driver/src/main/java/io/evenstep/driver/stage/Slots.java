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

/** The task slots a session has: a barrier stage needs one for each worker, all at once. */
public final class Slots {
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long no executor may have joined before a cluster counts as complete. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  /** Containers are slow to come on a busy cluster. */
  private static final Duration FIRST_EXECUTOR = Duration.ofMinutes(2);

  /** More executors are waited for no longer than this once there is one. */
  private static final Duration MORE_EXECUTORS = Duration.ofSeconds(25);

  private Slots() {}

  /** Workers that could train at this moment, over all registered executors. */
  public static int available(SparkContext spark) {
    return ComputeTasks.of(spark).slots();
  }

  /**
   * Waits until there is a slot for each worker: up to two minutes for the first executor, and a
   * while for more once there is one; a local master has all it will have.
   *
   * @param workers slots needed; 0 for as many as there are, up to {@code most}
   * @param most upper bound when {@code workers} is 0
   * @param stop ends the wait
   * @return workers to train with, at least 1
   * @throws io.evenstep.driver.control.TemporaryException when it was asked to stop, as in the next
   *     method, and when there are still too few slots after that, but more may come
   * @throws ConfigException when there are too few, and no more can come; says how many
   */
  public static int await(SparkContext spark, int workers, int most, StopRequest stop) {
    return await(spark, ComputeTasks.of(spark), workers, most, stop);
  }

  static int await(
      SparkContext spark, ComputeTasks compute, int workers, int most, StopRequest stop) {
    stop.requireNone("before it trained");
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
    if (slots < needed) {
      throw tooFew(slots, workers, spark.getConf());
    }
    return workers == 0 ? Math.min(slots, most) : workers;
  }

  /** The job's fault where no more can come; else it is tried again. */
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
          "Cannot train yet: no executor with a free task slot came at "
              + master
              + " within "
              + FIRST_EXECUTOR.toSeconds()
              + " s; see there whether executors of this size can start, and what else is running");
    }
    return new TemporaryException(
        "Cannot train yet: "
            + slots
            + " of "
            + workers
            + " task slots came at "
            + master
            + " within "
            + MORE_EXECUTORS.toSeconds()
            + " s; see there what else is running");
  }

  /** Slots that there can ever be under these settings, as far as they say. */
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
   * The same, for a job that nobody asks to stop.
   *
   * @throws ConfigException when there are too few slots
   */
  public static int await(SparkContext spark, int workers, int most) {
    return await(spark, workers, most, new StopRequest());
  }

  /**
   * Waits for the cluster to replace what it lost.
   *
   * @param workers as many as there were
   * @param replacement how long to wait for all of them
   * @param limit how long to wait for any
   * @param stop ends the wait
   * @return slots there are, at most {@code workers}; 0 when there is none after {@code limit}
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

  /** How much longer no executor may join: those of a session's second job are there for long. */
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
    stop.requireNone("while it waited for task slots");
  }
}
