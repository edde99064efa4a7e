package io.evenstep.driver.plan;

import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The traffic of a host in a step. A host is a process whose workers share a replica, or a single
 * worker.
 *
 * @param bytesPerStep mean over hosts and steps, without frame headers
 * @param exchangeBytes of one exchange, which may cover several steps
 * @param everySteps steps between two exchanges
 */
public record StepTraffic(double bytesPerStep, double exchangeBytes, int everySteps) {
  private static final List<Integer> GIGABITS = List.of(1, 10, 25);

  /**
   * The traffic of a job with this plan.
   *
   * @param hosts number of replicas: one per process, or one per worker if they do not share
   */
  public static StepTraffic of(
      TrainingConfig training, NetworkSize size, ShardPlan shards, int hosts) {
    int workers = shards.ranks();
    if (training.sync() instanceof Sync.Averaging averaging) {
      long state = averaging.optimizerState() ? size.optimizerState() : 0;
      double bytes =
          new Shares(workers, workers, size.parameters() + state).bytesPerStep(Wire.FLOAT32);
      return new StepTraffic(bytes / averaging.everySteps(), bytes, averaging.everySteps());
    }
    List<Integer> places =
        IntStream.rangeClosed(0, hosts).map(host -> workers * host / hosts).boxed().toList();
    Wire wire = training.sync().wire();
    double bytes = new Shares(shards.shards(), places, size.parameters()).bytesPerStep(wire);
    return new StepTraffic(bytes, bytes, 1);
  }

  /** The duration of one exchange on idle networks of several speeds. */
  public String times() {
    return GIGABITS.stream()
        .map(gigabits -> Amounts.seconds(seconds(gigabits)) + " at " + gigabits + " Gb/s")
        .collect(Collectors.joining(", "));
  }

  /** Seconds of an exchange on such a network, sending and receiving at the same time. */
  double seconds(double gigabitsPerSecond) {
    return exchangeBytes * Byte.SIZE / (gigabitsPerSecond * 1e9);
  }
}
