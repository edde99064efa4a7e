package io.evenstep.driver.stage;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Gpu;
import io.evenstep.model.NativeRuntime;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a task computes on: the card that Spark has given it, or the processor.
 *
 * @param gpu number of the card in its machine
 */
public record TaskDevice(OptionalInt gpu) {
  /** What Spark calls cards. */
  static final String RESOURCE = "gpu";

  private static final int LEAST_MEMORY_MIB = 1024;

  /**
   * Makes the thread that calls, which must be a task's, ready to compute: checks the task's card
   * before ND4J is loaded, and has ND4J use it for what this thread does.
   *
   * @throws ConfigException when the task was not given exactly one card that it needs, or one that
   *     cannot be used
   */
  public static TaskDevice ready() {
    TaskDevice device = of(TaskContext.get().resourcesJMap(), NativeRuntime.hasCuda());
    device.requireUsable(NvidiaSmi.installed());
    LibraryLog.quiet();
    NativeRuntime.oneThread();
    device.bindThread();
    return device;
  }

  /**
   * The device of a task.
   *
   * @param resources of the task
   * @param cuda whether this build is for GPUs; one that is not leaves cards alone
   * @throws ConfigException when the task was not given exactly one card that it needs
   */
  static TaskDevice of(Map<String, ResourceInformation> resources, boolean cuda) {
    if (!cuda) {
      return new TaskDevice(OptionalInt.empty());
    }
    ResourceInformation cards = resources.get(RESOURCE);
    List<String> addresses = cards == null ? List.of() : List.of(cards.addresses());
    if (addresses.size() != 1 || !addresses.get(0).matches("\\d{1,4}")) {
      throw new ConfigException(
          Cuda.CARDS_OF_A_TASK,
          "must give each task that computes one card, by its number",
          addresses);
    }
    return new TaskDevice(OptionalInt.of(Integer.parseInt(addresses.get(0))));
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

  /** Has ND4J use it for what this thread does. */
  void bindThread() {
    if (gpu.isPresent()) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu.getAsInt());
    }
  }
}
