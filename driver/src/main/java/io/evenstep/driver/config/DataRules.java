package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.FoldKeys;
import io.evenstep.driver.config.key.RowKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.source.ReaderOptions;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.spec.InputSpec;
import io.evenstep.driver.data.spec.OutputSpec;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.SplitSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules between the keys under {@code data}. */
final class DataRules {
  private static final Set<Format> FILES =
      Set.of(Format.CSV, Format.PARQUET, Format.IDX, Format.SVMLIGHT, Format.IMAGES, Format.TEXT);

  private final Settings settings;
  private final Problems problems;

  private DataRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(Settings settings, Problems problems) {
    DataRules rules = new DataRules(settings, problems);
    settings.find(DataKeys.FORMAT).ifPresent(rules::source);
    rules.splits();
    rules.splitBy();
    rules.folds();
    rules.rows();
    LabelRules.check(settings, problems);
    rules.ends();
    WindowRules.check(settings, problems);
    TextRules.check(settings, problems);
  }

  private void source(Format format) {
    if (FILES.contains(format)) {
      require(DataKeys.PATH, format);
    }
    only(format, Set.of(Format.CSV), DataKeys.HEADER, DataKeys.DELIMITER, RowKeys.SKIP);
    only(format, Set.of(Format.CSV), RowKeys.MERGE_COLUMNS);
    only(format, Set.of(Format.SPARK), DataKeys.READER);
    only(
        format,
        Set.of(Format.SQL),
        DataKeys.QUERY,
        DataKeys.VALIDATION.query(),
        DataKeys.TEST.query());
    only(
        format,
        Set.of(Format.IDX),
        DataKeys.LABELS,
        DataKeys.VALIDATION.labels(),
        DataKeys.TEST.labels());
    ReaderOptions.problems(
            format,
            settings.find(DataKeys.READER),
            settings.find(DataKeys.OPTIONS).orElse(Map.of()))
        .forEach(problem -> problems.add(problem.key(), problem.rule(), problem.value()));
    if (format == Format.SPARK) {
      require(DataKeys.READER, format);
    }
    if (format == Format.SQL) {
      require(DataKeys.QUERY, format);
      for (Key<?> key : List.of(DataKeys.PATH, DataKeys.VALIDATION.path(), DataKeys.TEST.path())) {
        settings.refuse(
            key, "must not be set for data.format sql, which uses data.query", problems);
      }
    }
    if (format == Format.IDX) {
      pair(DataKeys.PATH, DataKeys.LABELS);
      pair(DataKeys.VALIDATION.path(), DataKeys.VALIDATION.labels());
      pair(DataKeys.TEST.path(), DataKeys.TEST.labels());
    }
  }

  private void splits() {
    double sum = 0;
    for (DataKeys.HeldOut split : List.of(DataKeys.VALIDATION, DataKeys.TEST)) {
      double fraction = replaced(split) ? 0 : settings.find(split.fraction()).orElse(0.0);
      sum += fraction;
      if (fraction > 0) {
        String rule = "must not be set together with " + split.fraction().name();
        settings.refuse(split.path(), rule, problems);
        settings.refuse(split.query(), rule, problems);
      }
    }
    if (sum >= 1) {
      problems.addUnlessKnown(
          DataKeys.TEST.fraction().name(),
          "must leave rows to train on: together with data.validation.fraction below 1",
          sum);
    }
  }

  private void splitBy() {
    SplitSpec.Way way = settings.find(DataKeys.SPLIT).orElse(SplitSpec.Way.RANDOM);
    boolean takesColumn = way == SplitSpec.Way.GROUPED || way == SplitSpec.Way.ORDERED;
    if (takesColumn && settings.setting(DataKeys.SPLIT_BY).isEmpty()) {
      problems.addUnlessKnown(
          DataKeys.SPLIT_BY.name(),
          "must be given for data.split " + ScalarType.spelling(way),
          "nothing");
    } else if (!takesColumn) {
      settings.refuse(
          DataKeys.SPLIT_BY, "must not be set unless data.split is grouped or ordered", problems);
    }
  }

  private void rows() {
    if (!settings.find(DataKeys.HEADER).orElse(true)) {
      settings.refuse(
          RowKeys.MERGE_COLUMNS,
          "must not be set without data.header: columns have no names",
          problems);
    }
    double sample = settings.find(RowKeys.SAMPLE).orElse(0.5);
    if (sample > 1 && sample != Math.rint(sample)) {
      problems.addUnlessKnown(
          RowKeys.SAMPLE.name(), "must be a fraction below 1 or a whole number of rows", sample);
    }
  }

  private void folds() {
    Fold fold = FoldKeys.heldOut(settings);
    if (fold.isNone()) {
      return;
    }
    boolean all = settings.isChanged(FoldKeys.FOLDS);
    Key<?> key = all ? FoldKeys.FOLDS : FoldKeys.FOLD;
    settings.refuse(
        DataKeys.TEST.fraction(),
        "must be 0 with " + key.name() + ", whose folds are the test rows",
        problems);
    if (!replaced(DataKeys.TEST)) {
      String rule = "must not be set together with " + key.name();
      settings.refuse(DataKeys.TEST.path(), rule, problems);
      settings.refuse(DataKeys.TEST.query(), rule, problems);
    }
    if (all) {
      settings.refuse(
          FoldKeys.FOLD, "must not be set together with " + FoldKeys.FOLDS.name(), problems);
    }
    if (settings.find(DataKeys.SPLIT).equals(Optional.of(SplitSpec.Way.ORDERED))) {
      problems.addUnlessKnown(
          DataKeys.SPLIT.name(),
          "must be random, stratified or grouped with " + key.name(),
          "ordered");
    }
    double validation = settings.find(DataKeys.VALIDATION.fraction()).orElse(0.0);
    if (validation + 1.0 / fold.of() >= 1) {
      problems.addUnlessKnown(
          DataKeys.VALIDATION.fraction().name(),
          "must leave rows to train on: each fold is 1/" + fold.of() + " of them",
          validation);
    }
  }

  /** An override that names separate rows replaces a fraction in the file. */
  private boolean replaced(DataKeys.HeldOut split) {
    return !settings.isOverridden(split.fraction())
        && (settings.isOverridden(split.path()) || settings.isOverridden(split.query()));
  }

  /** Named inputs and outputs replace the keys for a single one of each. */
  private void ends() {
    Set<String> names = new HashSet<>();
    for (InputSpec input : settings.find(EndKeys.INPUTS).orElse(List.of())) {
      requireOwnName(names, EndKeys.INPUTS, input.name());
    }
    for (OutputSpec output : settings.find(EndKeys.OUTPUTS).orElse(List.of())) {
      requireOwnName(names, EndKeys.OUTPUTS, output.name());
      if (output.task() == DataSpec.Task.RECONSTRUCTION) {
        problems.addUnlessKnown(
            EndKeys.OUTPUTS.name(),
            "must have the task classification or regression; for a reconstruction set data.task",
            output.name());
      }
      if (output.task() == DataSpec.Task.REGRESSION && !output.classes().isEmpty()) {
        problems.addUnlessKnown(
            EndKeys.OUTPUTS.name(),
            "must have no classes if its task is regression",
            output.name());
      }
    }
    refuseBeside(EndKeys.INPUTS, DataKeys.FEATURES, DataKeys.SHAPE);
    refuseBeside(EndKeys.OUTPUTS, DataKeys.LABEL, DataKeys.TASK, DataKeys.CLASSES);
  }

  private void requireOwnName(Set<String> names, Key<?> key, String name) {
    if (!names.add(name)) {
      problems.addUnlessKnown(
          key.name(), "must have unique names among all inputs and outputs", name);
    }
  }

  private void refuseBeside(Key<?> several, Key<?>... single) {
    if (settings.setting(several).isPresent()) {
      for (Key<?> key : single) {
        settings.refuse(key, "must not be set together with " + several.name(), problems);
      }
    }
  }

  private void require(Key<?> key, Format format) {
    if (settings.setting(key).isEmpty()) {
      problems.addUnlessKnown(
          key.name(), "must be given for data.format " + ScalarType.spelling(format), "nothing");
    }
  }

  private void only(Format format, Set<Format> owners, Key<?>... keys) {
    if (!owners.contains(format)) {
      String words = String.join(" or ", owners.stream().map(ScalarType::spelling).toList());
      for (Key<?> key : keys) {
        settings.refuse(key, "must not be set unless data.format is " + words, problems);
      }
    }
  }

  private void pair(Key<List<String>> paths, Key<List<String>> labels) {
    int images = settings.find(paths).orElse(List.of()).size();
    int files = settings.find(labels).orElse(List.of()).size();
    if (images != files) {
      problems.addUnlessKnown(
          labels.name(),
          "must name one label file for each file of " + paths.name() + ", which are " + images,
          files == 0 ? "nothing" : files);
    }
  }
}
