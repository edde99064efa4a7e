package io.evenstep.driver.stage;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Gpu;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a rank computes on: the card that Spark has given its task, or the processor.
 *
 * @param gpu number of the card in its machine
 */
record RankDevice(OptionalInt gpu) {
  private static final String RESOURCE = "gpu";
  private static final int LEAST_MEMORY_MIB = 1024;

  /**
   * The device of a task.
   *
   * @param resources of the task
   * @param cuda whether this build is for GPUs; one that is not leaves cards alone
   * @throws ConfigException when the task was not given exactly one card that it needs
   */
  static RankDevice of(Map<String, ResourceInformation> resources, boolean cuda) {
    if (!cuda) {
      return new RankDevice(OptionalInt.empty());
    }
    ResourceInformation cards = resources.get(RESOURCE);
    List<String> addresses = cards == null ? List.of() : List.of(cards.addresses());
    if (addresses.size() != 1 || !addresses.get(0).matches("\\d{1,4}")) {
      throw new ConfigException(
          "spark.task.resource.gpu.amount",
          "must give each worker one card, by its number",
          addresses);
    }
    return new RankDevice(OptionalInt.of(Integer.parseInt(addresses.get(0))));
  }

  /**
   * Makes sure that the card can be used, before ND4J is loaded, which would end the process.
   *
   * @throws ConfigException when it cannot
   */
  void requireUsable(NvidiaSmi smi) {
    if (gpu.isPresent()) {
      List<Gpu> cards = smi.cards();
      cards.stream()
          .filter(card -> card.index() == gpu.getAsInt())
          .findFirst()
          .orElseThrow(
              () -> new ConfigException("Cannot find GPU " + gpu.getAsInt() + " among " + cards))
          .requireUsable(LEAST_MEMORY_MIB);
    }
  }

  /** Makes ND4J use it for what this thread does. */
  void bindThread() {
    if (gpu.isPresent()) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu.getAsInt());
    }
  }
}
