package io.evenstep.driver.stage;

import io.evenstep.model.ConfigException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceInformation;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;

/** Checks the GPUs of the driver and of the future workers before any other work. */
final class CardCheck {
  private CardCheck() {}

  /**
   * Checks the GPUs of workers.
   *
   * @param workers number of ranks, each with its own GPU
   * @throws ConfigException naming each rank whose GPU cannot be used, and why
   */
  static void run(JavaSparkContext spark, ComputeTasks compute, int workers) {
    List<String> problems =
        BarrierStage.collect(spark, compute, workers, new Look(), String.class).stream()
            .distinct()
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join("\n", problems));
    }
  }

  /**
   * The driver's GPU, which builds the network: the first that Spark assigned, or the first of the
   * machine.
   */
  static TaskDevice ofDriver(JavaSparkContext spark) {
    return Optional.ofNullable(spark.resources().get(TaskDevice.RESOURCE))
        .map(ResourceInformation::addresses)
        .map(addresses -> new TaskDevice(OptionalInt.of(Integer.parseInt(addresses[0]))))
        .orElseGet(() -> new TaskDevice(OptionalInt.of(0)));
  }

  /** The work of a rank: returns the problem of its GPU, if any. */
  private static final class Look extends AbstractFunction1<Iterator<Integer>, Iterator<String>>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> apply(Iterator<Integer> rank) {
      return JavaConverters.asScalaIterator(problem().stream().iterator());
    }

    private static Optional<String> problem() {
      BarrierTaskContext task = BarrierTaskContext.get();
      try {
        TaskDevice.of(task.resourcesJMap(), true).requireUsable(NvidiaSmi.installed());
        return Optional.empty();
      } catch (ConfigException e) {
        String host = new SparkRendezvous(task).host();
        return Optional.of("Rank " + task.partitionId() + " at " + host + ": " + e.getMessage());
      }
    }
  }
}
