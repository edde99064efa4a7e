package io.evenstep.worker.cost;

import io.evenstep.worker.plan.Wire;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run kept its replicas in agreement, for its report.
 *
 * @param sync {@code all-reduce}, {@code sharing} or {@code averaging}
 * @param wire how numbers were written on their way
 * @param way as {@link SyncChoice#name} names it
 * @param reason in words; empty if the job allowed one way only
 * @param figures measured and predicted, by name; empty when nothing was measured
 */
public record ChosenSync(
    String sync, Wire wire, String way, String reason, Map<String, Double> figures)
    implements Serializable {
  /** Copies the map and keeps its order. */
  public ChosenSync {
    figures = new LinkedHashMap<>(figures);
  }
}
