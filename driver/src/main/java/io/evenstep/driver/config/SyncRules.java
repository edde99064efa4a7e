package io.evenstep.driver.config;

import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.util.List;

/** Rules between the keys that say how replicas are kept in agreement. */
final class SyncRules {
  private final Settings settings;
  private final Problems problems;

  private SyncRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(Settings settings, Problems problems) {
    SyncRules rules = new SyncRules(settings, problems);
    Sync.Choice sync = settings.find(TrainingKeys.SYNC).orElse(Sync.Choice.AUTO);
    rules.auto(sync);
    if (SyncSettings.allows(settings, Sync.Choice.AVERAGING)) {
      rules.averaging(sync);
    } else {
      rules.refuse(TrainingKeys.AVERAGING, unless("averaging"));
    }
    if (SyncSettings.allows(settings, Sync.Choice.SHARING)) {
      rules.sharing(where(sync, "sharing"));
    } else {
      rules.refuse(TrainingKeys.SHARING, unless("sharing"));
    }
  }

  private void auto(Sync.Choice sync) {
    if (sync != Sync.Choice.AUTO) {
      refuse(List.of(TrainingKeys.AUTO), "must not be set unless training.sync is auto");
    } else if (settings.isChanged(TrainingKeys.WIRE)) {
      refuse(List.of(TrainingKeys.AUTO), "must not be set together with training.wire");
    }
  }

  private static String unless(String way) {
    return "must not be set unless training.sync is " + way + ", or training.auto has " + way;
  }

  private static String where(Sync.Choice sync, String way) {
    return sync == Sync.Choice.AUTO ? "training.auto has " + way : "training.sync is " + way;
  }

  private void averaging(Sync.Choice sync) {
    if (wire() != Wire.FLOAT32 && settings.find(TrainingKeys.AVERAGING_STATE).orElse(false)) {
      add(
          TrainingKeys.WIRE,
          "must be float32 where training.averaging.optimizerState is true: that state is not"
              + " rounded",
          ScalarType.spelling(wire()));
    }
    int islands = settings.find(TrainingKeys.AVERAGING_ISLANDS).orElse(0);
    int workers = TrainingConfig.workers(settings.find(TrainingKeys.WORKERS).orElse("auto"));
    int batch = settings.find(TrainingKeys.BATCH).orElse(Integer.MAX_VALUE);
    if (islands == 0 && sync == Sync.Choice.AUTO) {
      add(
          TrainingKeys.AVERAGING_ISLANDS,
          "must be at least 1 where training.auto has averaging: otherwise another number of"
              + " workers could not resume what the run has chosen",
          islands);
    }
    if (islands > 0 && islands < workers) {
      add(TrainingKeys.AVERAGING_ISLANDS, "must be at least training.workers, " + workers, islands);
    }
    if (islands > batch) {
      add(TrainingKeys.AVERAGING_ISLANDS, "must be at most training.batch, " + batch, islands);
    }
  }

  private void sharing(String where) {
    SyncPlan.Method method =
        settings.find(TrainingKeys.SHARING_METHOD).orElse(SyncPlan.Method.THRESHOLD);
    if (wire() != Wire.FLOAT32) {
      add(
          TrainingKeys.WIRE,
          "must be float32 where " + where + ": its messages are rounded already",
          ScalarType.spelling(wire()));
    }
    settings.refuse(
        TrainingKeys.REPRODUCIBLE,
        "must be true where " + where + ": each part of a batch has a residual",
        problems);
    String clip =
        "must not be set where "
            + where
            + ": set training.sharing.clipNorm, which limits gradients before entries are chosen";
    refuse(List.of(TrainingKeys.CLIP_NORM, TrainingKeys.CLIP_VALUE), clip);
    if (method != SyncPlan.Method.THRESHOLD) {
      refuse(
          List.of(TrainingKeys.SHARING_THRESHOLD),
          "must not be set unless training.sharing.method is threshold");
    }
    if (method != SyncPlan.Method.DGC) {
      refuse(
          List.of(TrainingKeys.SHARING_MOMENTUM),
          "must not be set unless training.sharing.method is dgc");
    } else {
      String optimizer = settings.find(TrainingKeys.OPTIMIZER).orElse("nothing");
      if (!optimizer.equals("sgd")) {
        add(
            TrainingKeys.OPTIMIZER,
            "must be sgd where training.sharing.method is dgc, which applies"
                + " training.sharing.momentum itself",
            optimizer);
      }
    }
  }

  private Wire wire() {
    return settings.find(TrainingKeys.WIRE).orElse(Wire.FLOAT32);
  }

  private void refuse(List<? extends Key<?>> keys, String rule) {
    keys.forEach(key -> settings.refuse(key, rule, problems));
  }

  private void add(Key<?> key, String rule, Object value) {
    problems.addUnlessKnown(key.name(), rule, value);
  }
}
