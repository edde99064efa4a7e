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

/** Looks at the cards of the driver and of the workers to be, before any work is done for them. */
final class CardCheck {
  private CardCheck() {}

  /**
   * Looks at those of workers.
   *
   * @param workers ranks, each with a card of its own
   * @throws ConfigException naming each rank whose card cannot be used, and why
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

  /** The first of the cards that Spark has given it, or of its machine: it builds the network. */
  static TaskDevice ofDriver(JavaSparkContext spark) {
    return Optional.ofNullable(spark.resources().get(TaskDevice.RESOURCE))
        .map(ResourceInformation::addresses)
        .map(addresses -> new TaskDevice(OptionalInt.of(Integer.parseInt(addresses[0]))))
        .orElseGet(() -> new TaskDevice(OptionalInt.of(0)));
  }

  /** What a rank runs; comes to what is wrong with its card, if anything is. */
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
