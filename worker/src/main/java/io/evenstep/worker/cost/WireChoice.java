package io.evenstep.worker.cost;

import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wire format of a run: the only one that the job allows, that of the checkpoint or replica
 * from which training resumes, or the one with the shortest predicted exchange.
 *
 * @param wire the format
 * @param link the measured network; {@link LinkSpeed#NONE} when nothing was measured
 * @param seconds predicted exchange with each allowed format; empty when nothing was measured
 */
public record WireChoice(Wire wire, LinkSpeed link, Map<Wire, Double> seconds)
    implements Serializable {
  private static final Logger log = LoggerFactory.getLogger(WireChoice.class);

  /** A less exact format must be predicted to take less than this part of the time. */
  private static final double WORTH = 0.95;

  /** Copies the map. */
  public WireChoice {
    seconds = Map.copyOf(seconds);
  }

  /** A format that needed no choice. */
  public static WireChoice of(Wire wire) {
    return new WireChoice(wire, LinkSpeed.NONE, Map.of());
  }

  /**
   * Chooses; all hosts call it at once and get the same.
   *
   * @param ways the formats that the job allows, at least one
   * @param kept the format of the state from which training resumes
   */
  public static WireChoice make(
      Communicator world, List<Wire> ways, Optional<Wire> kept, Shares shares) {
    if (kept.isPresent() || ways.size() == 1) {
      return of(kept.orElse(ways.get(0)));
    }
    ExchangeCost cost = SpeedProbe.measure(world, ways);
    WireChoice choice = fastest(cost, ways, shares);
    log.info("{}", choice.words(world.worldSize()));
    return choice;
  }

  /** The fastest way; a more exact one if it takes about as long. */
  static WireChoice fastest(ExchangeCost cost, List<Wire> ways, Shares shares) {
    Map<Wire, Double> seconds = new EnumMap<>(Wire.class);
    ways.forEach(wire -> seconds.put(wire, cost.seconds(wire, shares)));
    Wire best = ways.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<Wire, Double> way : seconds.entrySet()) { // the most exact one first
      if (way.getValue() < WORTH * least) {
        best = way.getKey();
        least = way.getValue();
      }
    }
    return new WireChoice(best, cost.link(), seconds);
  }

  /** Why this format was chosen, for the log. */
  private String words(int hosts) {
    String ways =
        new TreeMap<>(seconds)
            .entrySet().stream()
                .map(
                    way ->
                        String.format(Locale.ROOT, "%s %.2f ms", name(way.getKey()), millis(way)))
                .collect(Collectors.joining(", "));
    String network =
        hosts == 1
            ? "All workers are in one process"
            : String.format(
                Locale.ROOT,
                "The network between %d hosts has a latency of %.3f ms and moves %.2f Gb/s",
                hosts,
                link.latencySeconds() * 1e3,
                link.gigabits());
    return network + "; predicted exchange of a step: " + ways + "; training.wire is " + name(wire);
  }

  /** The measured and predicted figures by name, for the run's result; empty without a choice. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new TreeMap<>();
    seconds
        .entrySet()
        .forEach(way -> figures.put(name(way.getKey()) + "Milliseconds", millis(way)));
    if (!seconds.isEmpty() && !link.equals(LinkSpeed.NONE)) {
      figures.put("latencyMilliseconds", link.latencySeconds() * 1e3);
      figures.put("gigabitsPerSecond", link.gigabits());
    }
    return figures;
  }

  private static double millis(Map.Entry<Wire, Double> way) {
    return way.getValue() * 1e3;
  }

  private static String name(Wire wire) {
    return wire.name().toLowerCase(Locale.ROOT);
  }
}
