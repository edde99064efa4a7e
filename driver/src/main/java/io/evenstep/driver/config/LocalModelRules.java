package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.ModelKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.key.Way;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.model.catalog.layer.LocalModels;
import io.evenstep.worker.plan.Wire;
import java.util.List;
import java.util.Set;

/** Rules for networks that learn by a rule of their own; see {@link LocalModels}. */
final class LocalModelRules {
  private static final Set<Normalization> TO_UNIT =
      Set.of(Normalization.NONE, Normalization.MIN_MAX, Normalization.SCALE);

  private final Settings settings;
  private final Problems problems;
  private final String model;

  private LocalModelRules(Settings settings, Problems problems, String model) {
    this.settings = settings;
    this.problems = problems;
    this.model = model;
  }

  static void check(Settings settings, Problems problems) {
    settings
        .find(ModelKeys.NAME)
        .filter(LocalModels::has)
        .map(name -> new LocalModelRules(settings, problems, name))
        .ifPresent(LocalModelRules::check);
  }

  private void check() {
    settings
        .find(DataKeys.TASK)
        .filter(task -> task != DataSpec.Task.RECONSTRUCTION)
        .ifPresent(
            task ->
                refuse(
                    DataKeys.TASK,
                    "must be reconstruction for model.name "
                        + model
                        + ", which learns from features alone",
                    task));
    settings.refuse(
        DataKeys.WEIGHT,
        "must not be set for model.name " + model + ": all rows count 1",
        problems);
    if (LocalModels.keepsMeans(model)) {
      sync();
    } else {
      settings
          .find(DataKeys.NORMALIZE)
          .filter(how -> !TO_UNIT.contains(how))
          .ifPresent(
              how ->
                  refuse(
                      DataKeys.NORMALIZE,
                      "must be none, min-max or scale for model.name "
                          + model
                          + ", whose inputs are probabilities",
                      how));
    }
  }

  /** Means over all rows of a step cannot be had from some of the rows, or rounded. */
  private void sync() {
    String model = " for model.name " + this.model + ", whose steps are exact means";
    settings
        .find(TrainingKeys.SYNC)
        .filter(way -> way != Sync.Choice.AUTO && way != Sync.Choice.ALL_REDUCE)
        .ifPresent(way -> refuse(TrainingKeys.SYNC, "must be all-reduce" + model, way));
    settings
        .find(TrainingKeys.WIRE)
        .filter(wire -> wire != Wire.FLOAT32)
        .ifPresent(wire -> refuse(TrainingKeys.WIRE, "must be float32" + model, wire));
    settings.find(TrainingKeys.AUTO).orElse(List.of()).stream()
        .filter(way -> way != Way.FLOAT32)
        .forEach(way -> refuse(TrainingKeys.AUTO, "must be float32" + model, way));
  }

  private void refuse(Key<?> key, String rule, Enum<?> value) {
    problems.addUnlessKnown(key.name(), rule, ScalarType.spelling(value));
  }
}
