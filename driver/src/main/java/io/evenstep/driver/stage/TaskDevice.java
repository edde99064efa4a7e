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
 * The device of a task: the GPU that Spark assigned, or the CPU.
 *
 * @param gpu index of the GPU in its machine
 */
public record TaskDevice(OptionalInt gpu) {
  /** Spark's resource name of GPUs. */
  static final String RESOURCE = "gpu";

  private static final int LEAST_MEMORY_MIB = 1024;

  /**
   * Prepares the calling thread of a task to compute: checks the task's GPU before ND4J is loaded,
   * and sets it as ND4J's device for this thread.
   *
   * @throws ConfigException when the task needs a GPU and does not have exactly one, or has one
   *     that cannot be used
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
   * @param cuda whether this build is for GPUs; other builds ignore GPUs
   * @throws ConfigException when the task needs a GPU and does not have exactly one
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
          "must assign one GPU, by its number, to each computing task",
          addresses);
    }
    return new TaskDevice(OptionalInt.of(Integer.parseInt(addresses.get(0))));
  }

  /**
   * Checks that the GPU can be used. Must run before ND4J is loaded, which would otherwise end the
   * process.
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

  /** Sets it as ND4J's device for this thread. */
  void bindThread() {
    if (gpu.isPresent()) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu.getAsInt());
    }
  }
}
