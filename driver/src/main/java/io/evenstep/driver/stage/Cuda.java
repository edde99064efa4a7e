package io.evenstep.driver.stage;

import io.evenstep.driver.config.key.Device;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** What a build of Evenstep with ND4J's CUDA backend asks of a job, of Spark and of machines. */
public final class Cuda {
  static final String CARDS_OF_A_TASK = "spark.task.resource.gpu.amount";
  private static final String CARDS_OF_AN_EXECUTOR = "spark.executor.resource.gpu.amount";

  private Cuda() {}

  /**
   * Makes sure, before any work, that the job's device is one that this build is for.
   *
   * @throws ConfigException when it is not, or Spark is not to give each worker a card
   */
  public static void requireFit(Device device, SparkConf spark) {
    requireFit(device, NativeRuntime.hasCuda(), spark);
  }

  static void requireFit(Device device, boolean cuda, SparkConf spark) {
    if (device == Device.GPU && !cuda) {
      throw new ConfigException(
          "training.device", "must be auto or cpu in a build without -Pcuda", "gpu");
    }
    if (device == Device.CPU && cuda) {
      throw new ConfigException(
          "training.device", "must be auto or gpu in a build with -Pcuda", "cpu");
    }
    if (cuda) {
      requireCardsFrom(spark);
    }
  }

  private static void requireCardsFrom(SparkConf spark) {
    String master = spark.get("spark.master", "local");
    if (master.equals("local") || master.startsWith("local[")) {
      throw new ConfigException(
          "--master",
          "must be a cluster's in a build with -Pcuda, on one machine local-cluster[1,1,4096]:"
              + " Spark's local masters hand out no GPUs",
          master);
    }
    String ofExecutor = spark.get(CARDS_OF_AN_EXECUTOR, "nothing");
    if (!ofExecutor.matches("[1-9]\\d*")) {
      throw new ConfigException(
          CARDS_OF_AN_EXECUTOR,
          "must be at least 1 in a build with -Pcuda: one card a worker",
          ofExecutor);
    }
    String ofTask = spark.get(CARDS_OF_A_TASK, "1");
    if (!ofTask.equals("1")) {
      throw new ConfigException(
          CARDS_OF_A_TASK,
          "must be 1, or not set, in a build with -Pcuda: one card a worker",
          ofTask);
    }
  }

  /**
   * In a build for GPUs, makes sure before any work that the driver's card can be used, as it
   * builds the network.
   *
   * @throws ConfigException when it cannot, and why; also when ND4J's library cannot be loaded
   */
  public static void requireDriversCard(JavaSparkContext spark) {
    if (NativeRuntime.hasCuda()) {
      TaskDevice device = CardCheck.ofDriver(spark);
      device.requireUsable(NvidiaSmi.installed());
      NativeRuntime.load();
      device.bindThread();
    }
  }

  /**
   * In a build for GPUs, makes sure before any work that the cards of all workers can be used:
   * NVIDIA's driver, their memory and their compute capability.
   *
   * @throws ConfigException naming each that cannot, and why
   */
  public static void requireUsableCards(JavaSparkContext spark, int workers) {
    if (NativeRuntime.hasCuda()) {
      CardCheck.run(spark, ComputeTasks.of(spark.sc()), workers);
    }
  }

  /** Cards that each worker is given: what Spark was told, or what a build for GPUs asks itself. */
  public static double cardsPerWorker(SparkConf spark) {
    return spark.getDouble(CARDS_OF_A_TASK, NativeRuntime.hasCuda() ? 1 : 0);
  }
}
