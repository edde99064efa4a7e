package io.evenstep.worker.cost;

import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run keeps its replicas in agreement, and why: the only way that the job allows, that of the
 * checkpoint or replica from which training resumes, or the one with the shortest predicted step.
 *
 * @param plan the way
 * @param reason in words; empty if the job allows one way only
 * @param link the measured network; {@link LinkSpeed#NONE} when nothing was measured
 * @param seconds predicted step with each allowed way, by its name, in the order of the ways; empty
 *     when nothing was measured
 */
public record SyncChoice(
    SyncPlan plan, String reason, LinkSpeed link, Map<String, Double> seconds) {
  /** A way that changes the training more must be predicted to take less than this part. */
  private static final double WORTH = 0.95;

  /** Copies the map and keeps its order. */
  public SyncChoice {
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
  }

  /** A way that needed no choice. */
  public static SyncChoice of(SyncPlan plan) {
    return new SyncChoice(plan, "", LinkSpeed.NONE, Map.of());
  }

  /** The way of an earlier attempt, if the job allows it. */
  public static Optional<SyncChoice> kept(List<SyncPlan> ways, String name) {
    String reason = name + " was chosen when this run began";
    return ways.stream()
        .filter(way -> name(way).equals(name))
        .findFirst()
        .map(way -> new SyncChoice(way, reason, LinkSpeed.NONE, Map.of()));
  }

  /**
   * The fastest way; one that changes the training less if it takes about as long.
   *
   * @param ways those that change the training least come first
   */
  public static SyncChoice fastest(SyncCost cost, List<SyncPlan> ways) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    SyncPlan best = ways.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (SyncPlan way : ways) {
      double step = cost.seconds(way);
      seconds.put(name(way), step);
      if (step < WORTH * least) {
        best = way;
        least = step;
      }
    }
    LinkSpeed link = cost.exchange().link();
    String reason = words(link, cost.shape().places().size() - 1, seconds, name(best));
    return new SyncChoice(best, reason, link, seconds);
  }

  private static String words(
      LinkSpeed link, int hosts, Map<String, Double> seconds, String chosen) {
    String ways =
        seconds.entrySet().stream()
            .map(
                way -> String.format(Locale.ROOT, "%s %.2f ms", way.getKey(), way.getValue() * 1e3))
            .collect(Collectors.joining(", "));
    String network =
        hosts == 1
            ? "all workers are in one process"
            : String.format(
                Locale.ROOT,
                "the network between %d hosts has a latency of %.3f ms and moves %.2f Gb/s",
                hosts,
                link.latencySeconds() * 1e3,
                link.gigabits());
    double least = seconds.values().stream().mapToDouble(step -> step).min().orElseThrow();
    boolean fastest = Double.valueOf(least).equals(seconds.get(chosen));
    String why = fastest ? " is the fastest" : " is exact enough: no other way saves 5 %";
    return network + "; predicted step: " + ways + "; " + chosen + why;
  }

  /** The choice for the run's report. */
  public ChosenSync report() {
    String sync = "all-reduce";
    if (plan instanceof SyncPlan.Sharing) {
      sync = "sharing";
    } else if (plan instanceof SyncPlan.Averaging) {
      sync = "averaging";
    }
    return new ChosenSync(sync, plan.wire(), name(plan), reason, figures());
  }

  private Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    seconds.forEach((way, step) -> figures.put(camelCase(way) + "Milliseconds", step * 1e3));
    if (!seconds.isEmpty() && !link.equals(LinkSpeed.NONE)) {
      figures.put("latencyMilliseconds", link.latencySeconds() * 1e3);
      figures.put("gigabitsPerSecond", link.gigabits());
    }
    return figures;
  }

  private static String camelCase(String name) {
    int dash = name.indexOf('-');
    return dash < 0
        ? name
        : name.substring(0, dash)
            + name.substring(dash + 1, dash + 2).toUpperCase(Locale.ROOT)
            + name.substring(dash + 2);
  }

  /**
   * The name of a way: {@code float32}, {@code bfloat16} or {@code int8} for sums of gradients,
   * {@code sharing}, or {@code averaging}, with a format other than floats after a hyphen.
   */
  public static String name(SyncPlan plan) {
    String wire = plan.wire().name().toLowerCase(Locale.ROOT);
    if (plan instanceof SyncPlan.Averaging) {
      return plan.wire() == Wire.FLOAT32 ? "averaging" : "averaging-" + wire;
    }
    return plan instanceof SyncPlan.Sharing ? "sharing" : wire;
  }
}
