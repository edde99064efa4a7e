package io.evenstep.model.network;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.catalog.Schedules;
import io.evenstep.model.catalog.WeightInits;
import io.evenstep.model.catalog.layer.LayerTypes;
import io.evenstep.model.catalog.layer.LocalModels;
import io.evenstep.model.catalog.layer.Models;
import io.evenstep.model.layer.LocalLayer;
import io.evenstep.model.network.NetworkSpec.Dl4jJson;
import io.evenstep.model.network.NetworkSpec.Dl4jZip;
import io.evenstep.model.network.NetworkSpec.KerasH5;
import io.evenstep.model.network.NetworkSpec.Layers;
import io.evenstep.model.network.NetworkSpec.Named;
import java.util.ArrayList;
import java.util.List;

/** Finds everything that is wrong with a {@link NetworkSpec}, regardless of the data. */
public final class SpecCheck {
  static final String OUTPUT_ACTIVATION = "model.outputActivation";

  private final NetworkSpec spec;
  private final List<Problem> problems = new ArrayList<>();

  private SpecCheck(NetworkSpec spec) {
    this.spec = spec;
  }

  /**
   * The problems, by the keys of a job file ({@code model.*}, {@code training.optimizer.*}, {@code
   * training.schedule.*}); empty when there are none.
   */
  public static List<Problem> problems(NetworkSpec spec) {
    SpecCheck check = new SpecCheck(spec);
    check.source();
    check.names();
    check.numbers();
    check.optimizer();
    return List.copyOf(check.problems);
  }

  private void source() {
    if (spec.source() instanceof Named named) {
      List<Problem> own = Models.check("model", named.name(), named.parameters());
      problems.addAll(own);
      if (own.isEmpty()) {
        LocalModels.layer(named.name(), named.parameters())
            .ifPresent(layer -> local(layer, named.name()));
      }
    } else if (spec.source() instanceof Layers list) {
      for (int i = 0; i < list.layers().size(); i++) {
        problems.addAll(LayerTypes.check("model.layers[" + i + "]", list.layers().get(i)));
      }
    } else {
      refuseBesideAnImport();
    }
  }

  /** Refuses settings that a network with a rule of its own has no use for. */
  private void local(LocalLayer layer, String name) {
    String rule = "does not apply to model.name " + name;
    spec.loss().ifPresent(loss -> problems.add(new Problem("model.loss", rule, loss)));
    spec.outputActivation()
        .ifPresent(activation -> problems.add(new Problem(OUTPUT_ACTIVATION, rule, activation)));
    refuse("model.dropout", spec.defaults().dropout(), rule);
    if (!layer.keepsMeans()) {
      return;
    }
    refuse("training.l1", spec.penalties().l1(), rule);
    refuse("training.l2", spec.penalties().l2(), rule);
    refuse("training.weightDecay", spec.penalties().weightDecay(), rule);
    refuse("training.clip.value", spec.updates().clipping().value(), rule);
    refuse("training.clip.norm", spec.updates().clipping().norm(), rule);
    spec.updates()
        .optimizer()
        .filter(optimizer -> !optimizer.name().equals("sgd") || optimizer.learningRate() > 1)
        .ifPresent(
            optimizer ->
                problems.add(
                    new Problem(
                        "training.optimizer",
                        "must be sgd with a learning rate of at most 1 for model.name "
                            + name
                            + ", whose steps are running means",
                        optimizer.name() + " with " + optimizer.learningRate())));
  }

  /** Refuses settings that an imported configuration already has in its layers. */
  private void refuseBesideAnImport() {
    String rule = "cannot be set for an imported network, because its layers set it";
    spec.outputActivation()
        .ifPresent(name -> problems.add(new Problem(OUTPUT_ACTIVATION, rule, name)));
    refuse("model.dropout", spec.defaults().dropout(), rule);
    refuse("training.l1", spec.penalties().l1(), rule);
    refuse("training.l2", spec.penalties().l2(), rule);
    refuse("training.weightDecay", spec.penalties().weightDecay(), rule);
    boolean keepsHead = spec.source() instanceof Dl4jZip saved && !saved.replacesHead();
    if (spec.source() instanceof Dl4jJson || keepsHead) {
      spec.loss().ifPresent(loss -> problems.add(new Problem("model.loss", rule, loss)));
    }
    if (spec.source() instanceof KerasH5 && spec.updates().optimizer().isEmpty()) {
      problems.add(
          new Problem("training.optimizer", "must be given for a Keras network", "nothing"));
    }
  }

  private void refuse(String key, double value, String rule) {
    if (value != 0) {
      problems.add(new Problem(key, rule, Double.toString(value)));
    }
  }

  private void names() {
    spec.loss().flatMap(loss -> Losses.check("model.loss", loss)).ifPresent(problems::add);
    spec.outputActivation()
        .flatMap(name -> Activations.check(OUTPUT_ACTIVATION, name))
        .ifPresent(problems::add);
    WeightInits.check("model.init", spec.weightInit()).ifPresent(problems::add);
    Activations.check("model.activation", spec.defaults().activation()).ifPresent(problems::add);
  }

  private void numbers() {
    if (!(spec.defaults().dropout() >= 0 && spec.defaults().dropout() < 1)) {
      problems.add(
          new Problem(
              "model.dropout",
              "must be a number of at least 0 and below 1",
              Double.toString(spec.defaults().dropout())));
    }
    atLeastZero("training.l1", spec.penalties().l1());
    atLeastZero("training.l2", spec.penalties().l2());
    atLeastZero("training.weightDecay", spec.penalties().weightDecay());
    atLeastZero("training.clip.value", spec.updates().clipping().value());
    atLeastZero("training.clip.norm", spec.updates().clipping().norm());
  }

  private void atLeastZero(String key, double value) {
    if (!(value >= 0) || !Double.isFinite(value)) {
      problems.add(new Problem(key, "must be a number of at least 0", Double.toString(value)));
    }
  }

  private void optimizer() {
    spec.updates()
        .optimizer()
        .ifPresent(
            optimizer ->
                problems.addAll(
                    Optimizers.check(
                        "training.optimizer",
                        optimizer.name(),
                        optimizer.learningRate(),
                        optimizer.parameters())));
    ScheduleSpec schedule = spec.updates().schedule();
    problems.addAll(Schedules.check("training.schedule", schedule.name(), schedule.parameters()));
    if (schedule.warmupSteps() < 0 || schedule.warmupSteps() > Integer.MAX_VALUE) {
      problems.add(
          new Problem(
              "training.schedule.warmupSteps",
              "must be a whole number of at least 0",
              Long.toString(schedule.warmupSteps())));
    }
    boolean changes = !schedule.name().equals("constant") || schedule.warmupSteps() != 0;
    if (spec.updates().optimizer().isEmpty() && changes) {
      problems.add(new Problem("training.schedule", "needs training.optimizer", schedule.name()));
    }
  }
}
