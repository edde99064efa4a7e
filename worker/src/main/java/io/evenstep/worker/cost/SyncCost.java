package io.evenstep.worker.cost;

import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.sharing.MessageSize;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicts how long a step takes with each way to keep replicas in agreement: the computation of
 * the busiest rank, what the ranks exchange, and the update. Reading rows and waiting for slower
 * ranks are the same for all ways and not part of it.
 *
 * @param exchange predicts an all-reduce
 * @param speed of this job's computation
 * @param shape of this job
 */
public record SyncCost(ExchangeCost exchange, StepSpeed speed, Shape shape) {
  /**
   * How fast a thread is.
   *
   * @param row seconds for the gradient of a row
   * @param update seconds for an update of all parameters
   * @param encode seconds for a number of a gradient, to choose the entries that sharing sends
   * @param decode seconds to add an entry that was sent
   */
  public record StepSpeed(double row, double update, double encode, double decode) {}

  /**
   * What is trained, and where.
   *
   * @param shards how batches are cut, unless the ranks are averaged
   * @param places first rank of each host that shares a replica, then the number of ranks
   * @param parameters of the network
   * @param statistics those of them that are batch statistics
   * @param optimizerState numbers of the optimizer's state
   */
  public record Shape(
      ShardPlan shards,
      List<Integer> places,
      long parameters,
      long statistics,
      long optimizerState) {
    /** Copies the list. */
    public Shape {
      places = List.copyOf(places);
    }

    int hosts() {
      return places.size() - 1;
    }

    /** Ranks of each host. */
    private IntStream ranks() {
      return IntStream.range(0, hosts()).map(host -> places.get(host + 1) - places.get(host));
    }

    int mostRanks() {
      return ranks().max().orElse(1);
    }

    int fewestRanks() {
      return ranks().min().orElse(1);
    }

    int mostShardsOfAHost() {
      return mostRanks() * shards.mostShardsOfARank();
    }
  }

  /** Seconds of a step; with averaging, on average over the steps between two averagings. */
  public double seconds(SyncPlan way) {
    if (way instanceof SyncPlan.Averaging averaging) {
      return averaging(averaging);
    }
    double alone =
        computing(shape.shards) + speed.update / shape.fewestRanks(); // ranks share the update
    if (way instanceof SyncPlan.Sharing sharing) {
      return alone + sharing(sharing);
    }
    Shares shares = new Shares(shape.shards.shards(), shape.places, shape.parameters);
    return alone + exchange.seconds(way.wire(), shares);
  }

  private double computing(ShardPlan shards) {
    return speed.row * shards.mostShardsOfARank() * shards.mostRowsOfAShard();
  }

  /** Each rank encodes its shards' messages; each reads all messages and adds its range of them. */
  private double sharing(SyncPlan.Sharing plan) {
    long gradients = shape.parameters - shape.statistics;
    double message = MessageSize.AROUND + MessageSize.usual(plan, gradients, shape.statistics);
    double sent = (shape.hosts() - 1) * (shape.mostShardsOfAHost() * message + Integer.BYTES);
    double entries = plan.entries(gradients, Long.MAX_VALUE);
    LinkSpeed link = exchange.link();
    double turn =
        shape.hosts() == 1
            ? 0
            : link.latencySeconds()
                + 2 * (shape.hosts() - 1) * link.frameSeconds() // the length, then the packet
                + sent / link.bytesPerSecond();
    return turn
        + shape.shards.mostShardsOfARank() * gradients * speed.encode
        + shape.shards.shards() * (entries + shape.statistics) * speed.decode
        + exchange.addSeconds() * shape.parameters / shape.fewestRanks();
  }

  /** Each rank is a host: it has replicas and connections of its own. */
  private double averaging(SyncPlan.Averaging plan) {
    ShardPlan all = shape.shards;
    int islands = plan.islands(all.ranks());
    ShardPlan cut = new ShardPlan(all.rows(), all.batch(), 1, islands, all.ranks());
    long vector = shape.parameters + (plan.optimizerState() ? shape.optimizerState : 0);
    Shares shares = new Shares(islands, all.ranks(), vector);
    double passes = cut.mostShardsOfARank() + 2; // the change of each island, and the outer step
    double exchanged =
        new ExchangeCost(ofARank(), exchange.codecs(), exchange.addSeconds())
                .seconds(plan.wire(), shares)
            + passes * vector * exchange.addSeconds();
    return computing(cut) + cut.mostShardsOfARank() * speed.update + exchanged / plan.everySteps();
  }

  /** The ranks of a host share its network. Between them nothing is sent over it. */
  private LinkSpeed ofARank() {
    int all = shape.shards.ranks();
    LinkSpeed link = exchange.link();
    if (shape.hosts() == 1) {
      return link;
    }
    double abroad = (all - shape.mostRanks()) / (all - 1.0);
    double share = Math.max(1, shape.mostRanks() * abroad);
    return new LinkSpeed(link.latencySeconds(), link.frameSeconds(), link.bytesPerSecond() / share);
  }

  /** The formats that a prediction for these ways needs. */
  public static List<Wire> wires(List<SyncPlan> ways) {
    return ways.stream().map(SyncPlan::wire).distinct().sorted().toList();
  }
}
