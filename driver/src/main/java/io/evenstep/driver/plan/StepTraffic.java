package io.evenstep.driver.plan;

import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.collective.PacketExchange;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.sharing.MessageSize;
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
   * @param training with one way to keep replicas in agreement
   * @param hosts number of replicas: one per process, or one per worker if they do not share
   */
  public static StepTraffic of(
      TrainingConfig training, NetworkSize size, ShardPlan shards, int hosts) {
    int workers = shards.ranks();
    if (training.sync() instanceof Sync.Averaging averaging) {
      long state = averaging.plan().optimizerState() ? size.optimizerState() : 0;
      int every = averaging.plan().everySteps();
      double bytes =
          new Shares(shards.shards(), workers, size.parameters() + state)
              .bytesPerStep(averaging.wire());
      return new StepTraffic(bytes / every, bytes, every);
    } else if (training.sync() instanceof Sync.Sharing sharing) {
      double bytes = MessageSize.usual(sharing.plan(), size.parameters(), 0) * shards.shards();
      double sent = bytes / hosts * (hosts - 1);
      return new StepTraffic(sent, sent, 1);
    }
    List<Integer> places =
        IntStream.rangeClosed(0, hosts).map(host -> workers * host / hosts).boxed().toList();
    Wire wire = training.sync().wire();
    double bytes = new Shares(shards.shards(), places, size.parameters()).bytesPerStep(wire);
    return new StepTraffic(bytes, bytes, 1);
  }

  /**
   * Makes sure that the messages of sharing are not too long to be sent.
   *
   * @param hosts number of replicas; shards are divided among them
   * @throws io.evenstep.model.ConfigException when they are, with the setting to change
   */
  public static void requireSendable(
      TrainingConfig training, NetworkSize size, ShardPlan shards, int hosts) {
    int own = (shards.shards() + hosts - 1) / hosts;
    for (Sync way : training.sync().ways()) {
      if (way instanceof Sync.Sharing sharing) {
        MessageSize.requireFits(
            sharing.plan(), size.parameters(), 0, own, PacketExchange.MOST_BYTES);
      }
    }
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
