package io.evenstep.driver.config;

import io.evenstep.driver.config.key.AdversarialKeys;
import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.EvaluationKeys;
import io.evenstep.driver.config.key.FoldKeys;
import io.evenstep.driver.config.key.JobKeys;
import io.evenstep.driver.config.key.KeepingKeys;
import io.evenstep.driver.config.key.KeyCatalogue;
import io.evenstep.driver.config.key.Metrics;
import io.evenstep.driver.config.key.ModelKeys;
import io.evenstep.driver.config.key.NamedRules;
import io.evenstep.driver.config.key.Printable;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.key.Way;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.catalog.Schedules;
import io.evenstep.model.catalog.layer.Models;
import io.evenstep.model.decision.Threshold;
import io.evenstep.worker.plan.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules between the keys under {@code model}, {@code training} and {@code gate}. */
final class TrainingRules {
  private final Settings settings;
  private final Problems problems;

  private TrainingRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(Settings settings, Problems problems) {
    TrainingRules rules = new TrainingRules(settings, problems);
    rules.model();
    rules.workers();
    rules.accumulate();
    SyncRules.check(settings, problems);
    LocalModelRules.check(settings, problems);
    rules.parameters();
    rules.classWeights();
    rules.adversarial();
    rules.tie();
    rules.decisions();
    rules.stopping();
    rules.gate();
  }

  private void model() {
    List<String> given = new ArrayList<>();
    if (settings.setting(ModelKeys.ZIP).isEmpty()) {
      settings.refuse(ModelKeys.REPLACE_HEAD, "must not be set unless model.zip is", problems);
    }
    for (Key<?> source : ModelKeys.SOURCES) {
      if (settings.setting(source).isPresent() || problems.areAbout(source.name())) {
        given.add(source.name());
      }
    }
    if (given.size() != 1) {
      String names =
          String.join(", ", ModelKeys.SOURCES.stream().map(k -> (String) k.name()).toList());
      problems.addUnlessKnown(
          "model", "must have exactly one of " + names, String.join(" and ", given));
    }
  }

  private void workers() {
    int workers = TrainingConfig.workers(settings.find(TrainingKeys.WORKERS).orElse("auto"));
    int shards = settings.find(TrainingKeys.SHARDS).orElse(Integer.MAX_VALUE);
    if (workers > shards) {
      problems.addUnlessKnown(
          TrainingKeys.SHARDS.name(), "must be at least training.workers, " + workers, shards);
    }
    int batch = settings.find(TrainingKeys.BATCH).orElse(Integer.MAX_VALUE);
    if (settings.isChanged(TrainingKeys.SHARDS) && shards / 2 >= Math.max(batch, workers)) {
      problems.addUnlessKnown(
          TrainingKeys.SHARDS.name(),
          "must be less than twice training.batch, "
              + batch
              + ", because some shards would be empty",
          shards);
    }
  }

  /** The parts of a batch are the shards of {@link TrainingConfig#shardPlan}, for one worker. */
  private void accumulate() {
    if (SyncSettings.allows(settings, Sync.Choice.AVERAGING)) {
      accumulate(true);
    }
    if (settings.find(TrainingKeys.SYNC).orElse(Sync.Choice.AUTO) != Sync.Choice.AVERAGING) {
      accumulate(false);
    }
  }

  private void accumulate(boolean averages) {
    int pieces = settings.find(TrainingKeys.ACCUMULATE).orElse(1);
    int batch = settings.find(TrainingKeys.BATCH).orElse(Integer.MAX_VALUE);
    Key<Integer> parts = averages ? TrainingKeys.AVERAGING_ISLANDS : TrainingKeys.SHARDS;
    int count = settings.find(parts).orElse(1);
    boolean fixed = averages ? count > 0 : settings.find(TrainingKeys.REPRODUCIBLE).orElse(true);
    int rows = Math.max(1, fixed ? batch / count : batch);
    if (pieces > rows) {
      String part =
          fixed ? "the rows of a part: training.batch over " + parts.name() : "training.batch";
      problems.addUnlessKnown(
          TrainingKeys.ACCUMULATE.name(), "must be at most " + rows + ", " + part, pieces);
    }
  }

  private void parameters() {
    NamedRules rules = new NamedRules(settings, problems);
    String model = settings.find(ModelKeys.NAME).orElse("logistic"); // which has none
    rules.check(ModelKeys.NAME, model, ModelKeys.PARAMETERS, Models::parameters);
    rules.check(
        TrainingKeys.OPTIMIZER,
        settings.find(TrainingKeys.OPTIMIZER).orElse(NetworkMapping.USUAL_OPTIMIZER),
        TrainingKeys.OPTIMIZER_PARAMETERS,
        Optimizers::parameters);
    rules.check(
        TrainingKeys.SCHEDULE,
        settings.find(TrainingKeys.SCHEDULE).orElse("constant"),
        TrainingKeys.SCHEDULE_PARAMETERS,
        Schedules::parameters);
  }

  private void classWeights() {
    boolean several = !EndKeys.tasks(settings).isEmpty();
    boolean numbers = EndKeys.task(settings).filter(DataSpec.Task::isOfNumbers).isPresent();
    if (several || numbers) {
      String rule = several ? "there are several outputs" : "labels are numbers";
      settings.refuse(TrainingKeys.CLASS_WEIGHTS, "must not be set where " + rule, problems);
    }
  }

  private void adversarial() {
    if (settings.find(AdversarialKeys.EPSILON).orElse(0.0) == 0) {
      for (Key<?> key : List.of(AdversarialKeys.SHARE, AdversarialKeys.RANGE)) {
        String rule = "must not be set unless training.adversarial.epsilon is above 0";
        settings.refuse(key, rule, problems);
      }
    }
  }

  /** Both places of a tied matrix must get the same updates. */
  private void tie() {
    Key<?> key = KeyCatalogue.find("model." + Models.TIE).orElseThrow();
    if (!settings.setting(key).filter(it -> it.value().equals(true)).isPresent()) {
      return;
    }
    List<Way> ways = settings.find(TrainingKeys.AUTO).orElse(List.of());
    boolean rounded =
        settings.find(TrainingKeys.WIRE).orElse(Wire.FLOAT32) == Wire.INT8
            || ways.contains(Way.INT8)
            || SyncSettings.allows(settings, Sync.Choice.SHARING);
    String optimizer = settings.find(TrainingKeys.OPTIMIZER).orElse(NetworkMapping.USUAL_OPTIMIZER);
    String rule = "must be false with ";
    if (rounded) {
      rule += "training.wire int8 and training.sync sharing, which round its two places apart";
    } else if (List.of("lamb", "lars").contains(optimizer)) {
      rule += "training.optimizer.name " + optimizer + ", whose steps depend on a layer's norm";
    } else if (settings.setting(ModelKeys.FREEZE).isPresent()) {
      rule += "model.freeze";
    } else {
      return;
    }
    problems.addUnlessKnown(key.name(), rule, true);
  }

  private void decisions() {
    Map<String, DataSpec.Task> outputs = EndKeys.tasks(settings);
    boolean numbers =
        outputs.isEmpty()
            ? EndKeys.task(settings).filter(DataSpec.Task::isOfNumbers).isPresent()
            : !outputs.containsValue(DataSpec.Task.CLASSIFICATION);
    for (Key<?> key : List.of(EvaluationKeys.THRESHOLD, EvaluationKeys.CALIBRATION)) {
      if (numbers) {
        settings.refuse(key, "must not be set where labels are numbers", problems);
      } else if (settings.isChanged(key)
          && !(settings.find(key).orElseThrow() instanceof Threshold.Fixed)) {
        requireRows("validation", key.name(), Printable.text(settings.find(key).orElseThrow()));
      }
    }
  }

  private void stopping() {
    if (settings.find(KeepingKeys.PATIENCE).orElse(0) > 0) {
      requireRows("validation", KeepingKeys.PATIENCE.name(), settings.of(KeepingKeys.PATIENCE));
      settings
          .find(KeepingKeys.STOPPING_METRIC)
          .ifPresent(m -> requireFit(KeepingKeys.STOPPING_METRIC, m));
    } else {
      String rule = "must not be set unless training.stopping.patience is above 0";
      settings.refuse(KeepingKeys.MIN_DELTA, rule, problems);
    }
  }

  private void gate() {
    Optional<String> metric = settings.find(JobKeys.GATE_METRIC);
    boolean bounded =
        settings.setting(JobKeys.GATE_AT_LEAST).isPresent()
            || settings.setting(JobKeys.GATE_AT_MOST).isPresent();
    if (metric.isPresent() && !bounded) {
      problems.addUnlessKnown(
          "gate.metric", "must come with gate.atLeast or gate.atMost", metric.get());
    }
    if (metric.isEmpty() && bounded) {
      problems.addUnlessKnown(
          "gate.metric", "must be given with gate.atLeast or gate.atMost", "nothing");
    }
    metric.ifPresent(m -> requireRows(m.substring(0, m.indexOf('.')), "gate.metric", m));
    metric.ifPresent(m -> requireFit(JobKeys.GATE_METRIC, m));
  }

  private void requireFit(Key<String> key, String metric) {
    String name = metric.replaceFirst("^(validation|test)\\.", "");
    Map<String, DataSpec.Task> outputs = EndKeys.tasks(settings);
    if (outputs.isEmpty()) {
      EndKeys.task(settings).ifPresent(task -> requireFit(key, metric, name, task));
    } else if (!name.equals("loss")) {
      String output = name.substring(0, Math.max(0, name.indexOf('.')));
      if (outputs.containsKey(output)) {
        requireFit(key, metric, name.substring(output.length() + 1), outputs.get(output));
      } else {
        problems.addUnlessKnown(
            key.name(),
            "must be loss, or a metric after one of " + outputs.keySet() + " and a dot",
            metric);
      }
    }
  }

  private void requireFit(Key<String> key, String metric, String name, DataSpec.Task task) {
    if (!Metrics.of(task).contains(name)) {
      problems.addUnlessKnown(
          key.name(),
          "must be a metric of data.task "
              + ScalarType.spelling(task)
              + ": "
              + String.join(", ", Metrics.of(task)),
          metric);
    }
  }

  private void requireRows(String split, String key, Object value) {
    DataKeys.HeldOut rows = split.equals("test") ? DataKeys.TEST : DataKeys.VALIDATION;
    boolean held =
        (split.equals("test") && !FoldKeys.heldOut(settings).isNone())
            || settings.find(rows.fraction()).orElse(0.0) > 0
            || settings.setting(rows.path()).isPresent()
            || settings.setting(rows.query()).isPresent();
    if (!held) {
      String where = "data." + split;
      problems.addUnlessKnown(
          key,
          "must have " + split + " rows: give " + where + ".fraction or " + where + ".path",
          value);
    }
  }
}
