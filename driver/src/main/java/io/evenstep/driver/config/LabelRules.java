package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.Printable;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TableKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.SplitSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules between the keys that say what labels are. */
final class LabelRules {
  private final Settings settings;
  private final Problems problems;

  private LabelRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(Settings settings, Problems problems) {
    new LabelRules(settings, problems).labels();
  }

  private void labels() {
    settings
        .find(DataKeys.TASK)
        .filter(DataSpec.Task::isOfNumbers)
        .map(task -> "must not be set for data.task " + ScalarType.spelling(task))
        .ifPresent(rule -> settings.refuse(DataKeys.CLASSES, rule, problems));
    reconstruction();
    if (!settings.find(DataKeys.MISSING).equals(Optional.of(DataSpec.Missing.FILL))) {
      settings.refuse(DataKeys.FILL, "must not be set unless data.missing is fill", problems);
    }
    boolean unscaled =
        settings
            .find(DataKeys.TASK)
            .filter(Set.of(DataSpec.Task.CLASSIFICATION, DataSpec.Task.RECONSTRUCTION)::contains)
            .isPresent();
    if (unscaled && settings.setting(EndKeys.OUTPUTS).isEmpty()) {
      for (Key<?> key : List.of(DataKeys.NORMALIZE_LABEL, TableKeys.LABEL_FORMAT)) {
        settings.refuse(key, "must not be set unless data.task is regression", problems);
      }
    }
    settings
        .find(DataKeys.NORMALIZE_LABEL)
        .filter(Set.of(Normalization.ROBUST, Normalization.QUANTILE)::contains)
        .ifPresent(
            how ->
                problems.addUnlessKnown(
                    DataKeys.NORMALIZE_LABEL.name(),
                    "must be none, standard, min-max or scale for labels",
                    ScalarType.spelling(how)));
    columns();
  }

  private void columns() {
    boolean windows = settings.setting(TableKeys.WINDOW_TIME).isPresent();
    for (String label :
        windows ? List.<String>of() : settings.find(DataKeys.LABEL).orElse(List.of())) {
      settings.find(DataKeys.FEATURES).orElse(List.of()).stream()
          .filter(column -> column.name().equals(label))
          .forEach(
              c ->
                  problems.addUnlessKnown(
                      "data.features", "must not name a column of data.label", label));
    }
    List<String> classes = settings.find(DataKeys.CLASSES).orElse(List.of());
    if (Set.copyOf(classes).size() < classes.size()) {
      problems.addUnlessKnown("data.classes", "must name each class once", Printable.text(classes));
    }
  }

  /** The features are the labels. */
  private void reconstruction() {
    if (!settings.find(DataKeys.TASK).equals(Optional.of(DataSpec.Task.RECONSTRUCTION))) {
      return;
    }
    settings.refuse(
        EndKeys.INPUTS,
        "must not be set for data.task reconstruction, which takes one input",
        problems);
    settings.refuse(
        DataKeys.MISSING_LABEL,
        "must not be set for data.task reconstruction, which has no labels",
        problems);
    refuseStratified(settings, "data.task reconstruction, which has no classes", problems);
  }

  /**
   * Refuses a split by class.
   *
   * @param task what has no classes, in words
   */
  static void refuseStratified(Settings settings, String task, Problems problems) {
    if (settings.find(DataKeys.SPLIT).equals(Optional.of(SplitSpec.Way.STRATIFIED))) {
      problems.addUnlessKnown(
          DataKeys.SPLIT.name(), "must be random, grouped or ordered for " + task, "stratified");
    }
  }
}
