package io.evenstep.driver.stage;

import io.evenstep.driver.config.Device;
import io.evenstep.model.ConfigException;
import org.apache.spark.SparkConf;

/** What a build of Evenstep with ND4J's CUDA backend asks of a job and of Spark. */
public final class Cuda {
  private static final String CARDS_OF_A_TASK = "spark.task.resource.gpu.amount";

  private Cuda() {}

  /**
   * Makes sure, before any work, that the job's device is one that this build is for.
   *
   * @param cuda whether this build is for GPUs
   * @throws ConfigException when it is not, or Spark is not to give each worker a card
   */
  public static void requireFit(Device device, boolean cuda, SparkConf spark) {
    if (device == Device.GPU && !cuda) {
      throw new ConfigException(
          "training.device", "must be auto or cpu in a build without -Pcuda", "gpu");
    }
    if (device == Device.CPU && cuda) {
      throw new ConfigException(
          "training.device", "must be auto or gpu in a build with -Pcuda", "cpu");
    }
    String cards = spark.get(CARDS_OF_A_TASK, "nothing");
    if (cuda && !cards.equals("1")) {
      throw new ConfigException(
          CARDS_OF_A_TASK, "must be 1 in a build with -Pcuda: one card a worker", cards);
    }
  }
}
