package io.evenstep.driver.config;

import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.key.Way;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how replicas are kept in agreement. */
final class SyncSettings {
  private SyncSettings() {}

  static Sync sync(Settings settings) {
    Wire wire = settings.of(TrainingKeys.WIRE);
    return switch (settings.of(TrainingKeys.SYNC)) {
      case AVERAGING -> averaging(settings, wire);
      case SHARING -> sharing(settings);
      case ALL_REDUCE -> new Sync.AllReduce(wire);
      case AUTO ->
          settings
              .find(TrainingKeys.AUTO)
              .map(ways -> fastest(settings, ways))
              .orElseGet(() -> new Sync.AllReduce(wire));
    };
  }

  /** Whether the run is or may become of a kind. */
  static boolean allows(Settings settings, Sync.Choice kind) {
    Sync.Choice sync = settings.find(TrainingKeys.SYNC).orElse(Sync.Choice.AUTO);
    List<Way> ways = settings.find(TrainingKeys.AUTO).orElse(List.of());
    return sync == kind
        || (sync == Sync.Choice.AUTO && ways.stream().anyMatch(way -> kind(way) == kind));
  }

  private static Sync.Choice kind(Way way) {
    return switch (way) {
      case FLOAT32, BFLOAT16, INT8 -> Sync.Choice.ALL_REDUCE;
      case SHARING -> Sync.Choice.SHARING;
      case AVERAGING -> Sync.Choice.AVERAGING;
    };
  }

  /** What the run may choose from, what changes the training least first. */
  private static Sync fastest(Settings settings, List<Way> allowed) {
    List<Wire> wires =
        allowed.stream().map(Way::wire).flatMap(Optional::stream).distinct().sorted().toList();
    List<Sync> ways = new ArrayList<>();
    wires.forEach(wire -> ways.add(new Sync.AllReduce(wire)));
    if (allowed.contains(Way.SHARING)) {
      ways.add(sharing(settings));
    }
    if (allowed.contains(Way.AVERAGING)) {
      ways.add(averaging(settings, Wire.FLOAT32));
      if (!settings.of(TrainingKeys.AVERAGING_STATE)) { // which is never rounded
        wires.stream()
            .filter(wire -> wire != Wire.FLOAT32)
            .forEach(wire -> ways.add(averaging(settings, wire)));
      }
    }
    return ways.size() == 1 ? ways.get(0) : new Sync.AnyOf(ways);
  }

  private static Sync averaging(Settings settings, Wire wire) {
    return new Sync.Averaging(
        new SyncPlan.Averaging(
            settings.of(TrainingKeys.AVERAGING_EVERY),
            settings.of(TrainingKeys.AVERAGING_STATE),
            settings.of(TrainingKeys.AVERAGING_ISLANDS),
            new SyncPlan.Outer(
                settings.of(TrainingKeys.OUTER_RATE),
                settings.of(TrainingKeys.OUTER_MOMENTUM),
                wire)));
  }

  private static Sync sharing(Settings settings) {
    return new Sync.Sharing(
        new SyncPlan.Sharing(
            settings.of(TrainingKeys.SHARING_METHOD),
            settings.of(TrainingKeys.SHARING_SPARSITY),
            settings.of(TrainingKeys.SHARING_THRESHOLD),
            settings.of(TrainingKeys.SHARING_MOMENTUM),
            settings.of(TrainingKeys.SHARING_CLIP),
            settings.of(TrainingKeys.SHARING_WARMUP)));
  }
}
