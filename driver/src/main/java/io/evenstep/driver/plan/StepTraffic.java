package io.evenstep.driver.plan;

import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.collective.PacketExchange;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
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
      double bytes = ofMessages(sharing.plan(), size.parameters()) * shards.shards();
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
    if (training.sync() instanceof Sync.Sharing sharing) {
      int own = (shards.shards() + hosts - 1) / hosts;
      MessageSize.requireFits(sharing.plan(), size.parameters(), 0, own, PacketExchange.MOST_BYTES);
    }
  }

  /** About the bytes of one shard's message after the warm-up. */
  private static double ofMessages(SyncPlan.Sharing plan, long parameters) {
    double entries = plan.entries(parameters, Long.MAX_VALUE);
    double place = plan.method() == SyncPlan.Method.THRESHOLD ? 2 : 1; // its lowest bit is a sign
    double distance = place * parameters / entries;
    int bytes = distance < 128 ? 1 : distance < 16_384 ? 2 : 3;
    return entries * (bytes + (plan.method() == SyncPlan.Method.THRESHOLD ? 0 : Short.BYTES));
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
