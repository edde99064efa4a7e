package io.evenstep.driver.stage;

import io.evenstep.driver.config.key.Device;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The requirements of a build with ND4J's CUDA backend on jobs, Spark and machines. */
public final class Cuda {
  static final String CARDS_OF_A_TASK = "spark.task.resource.gpu.amount";
  private static final String CARDS_OF_AN_EXECUTOR = "spark.executor.resource.gpu.amount";

  private Cuda() {}

  /**
   * Checks, before any work, that this build supports the job's device.
   *
   * @throws ConfigException when it does not, or Spark is not set to give each worker a GPU
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
    if (Slots.isLocal(master)) {
      throw new ConfigException(
          "--master",
          "must be a cluster in a build with -Pcuda, because Spark's local masters do not assign"
              + " GPUs; on one machine use local-cluster[1,1,4096]",
          master);
    }
    String ofExecutor = spark.get(CARDS_OF_AN_EXECUTOR, "nothing");
    if (!ofExecutor.matches("[1-9]\\d*")) {
      throw new ConfigException(
          CARDS_OF_AN_EXECUTOR,
          "must be at least 1 in a build with -Pcuda: one GPU per worker",
          ofExecutor);
    }
    String ofTask = spark.get(CARDS_OF_A_TASK, "1");
    if (!ofTask.equals("1")) {
      throw new ConfigException(
          CARDS_OF_A_TASK,
          "must be 1, or not set, in a build with -Pcuda: one GPU per worker",
          ofTask);
    }
  }

  /**
   * In a build for GPUs, checks before any work that the driver's GPU, which builds the network,
   * can be used.
   *
   * @throws ConfigException saying why it cannot; also when ND4J's library cannot be loaded
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
   * In a build for GPUs, checks before any work that the GPUs of all workers can be used: NVIDIA's
   * driver, their memory and their compute capability.
   *
   * @throws ConfigException naming each GPU that cannot, and why
   */
  public static void requireUsableCards(JavaSparkContext spark, int workers) {
    if (NativeRuntime.hasCuda()) {
      CardCheck.run(spark, ComputeTasks.of(spark.sc()), workers);
    }
  }

  /** Number of GPUs per worker: from Spark's settings, or the default of a build for GPUs. */
  public static double cardsPerWorker(SparkConf spark) {
    return spark.getDouble(CARDS_OF_A_TASK, NativeRuntime.hasCuda() ? 1 : 0);
  }
}
