package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.FoldKeys;
import io.evenstep.driver.config.key.JobKeys;
import io.evenstep.driver.config.key.RowKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TableKeys;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.CsvSpec;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.spec.LabelRule;
import io.evenstep.driver.data.spec.LeniencySpec;
import io.evenstep.driver.data.spec.ReadSettings;
import io.evenstep.driver.data.spec.RowsSpec;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.SplitSpec;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.driver.data.spec.WindowSpec;
import io.evenstep.driver.data.text.TokenSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds the description of the data from its keys. */
final class DataMapping {
  private DataMapping() {}

  static DataSpec of(Settings settings) {
    return new DataSpec(
        new DataSpec.Sources(
            train(settings),
            heldOut(settings, DataKeys.VALIDATION),
            heldOut(settings, DataKeys.TEST)),
        fractions(settings),
        split(settings),
        new DataSpec.Features(
            features(settings),
            settings.find(DataKeys.SHAPE).orElse(List.of()),
            settings.find(EndKeys.INPUTS).orElse(List.of()),
            settings.of(DataKeys.NORMALIZE)),
        labels(settings),
        settings.find(DataKeys.WEIGHT),
        new RowsSpec(
            settings.find(RowKeys.SAMPLE).orElse(RowsSpec.ALL), settings.of(RowKeys.BAD_ROWS)),
        new LeniencySpec(
            settings.of(DataKeys.MISSING),
            settings.of(DataKeys.FILL),
            settings.of(DataKeys.UNSEEN),
            settings.find(DataKeys.ABSENT).orElse(List.of())));
  }

  private static List<ColumnSpec> features(Settings settings) {
    List<ColumnSpec> given = settings.find(DataKeys.FEATURES).orElse(List.of());
    return given.isEmpty() && isText(settings) ? List.of(TextRules.USUAL) : given;
  }

  private static boolean isText(Settings settings) {
    return settings.of(DataKeys.FORMAT) == SourceSpec.Format.TEXT;
  }

  /** Windows are always split by time, and texts in blocks unless the job says otherwise. */
  private static SplitSpec split(Settings settings) {
    if (isText(settings) && settings.of(DataKeys.SPLIT) == SplitSpec.Way.RANDOM) {
      return new SplitSpec(SplitSpec.Way.GROUPED, Optional.of(TokenSource.BLOCK));
    }
    return settings.find(TableKeys.WINDOW_TIME).isPresent()
        ? new SplitSpec(SplitSpec.Way.ORDERED, Optional.of(WindowSpec.END))
        : new SplitSpec(settings.of(DataKeys.SPLIT), settings.find(DataKeys.SPLIT_BY));
  }

  /** A job of several folds is planned and checked by its first one. */
  private static DataSpec.Fractions fractions(Settings settings) {
    Fold fold = FoldKeys.heldOut(settings);
    return new DataSpec.Fractions(
        settings.of(DataKeys.VALIDATION.fraction()),
        fold.isNone() ? settings.of(DataKeys.TEST.fraction()) : 1.0 / fold.of(),
        settings.find(DataKeys.SPLIT_SEED).orElse(settings.of(JobKeys.SEED)),
        fold);
  }

  private static SourceSpec train(Settings settings) {
    return source(
        settings,
        settings.find(DataKeys.PATH),
        settings.find(DataKeys.LABELS),
        settings.find(DataKeys.QUERY));
  }

  private static DataSpec.Labels labels(Settings settings) {
    return new DataSpec.Labels(
        window(settings)
            .map(WindowSpec::labelColumns)
            .orElseGet(() -> settings.find(DataKeys.LABEL).orElse(List.of())),
        settings.of(DataKeys.TASK),
        settings.find(DataKeys.CLASSES).orElse(List.of()),
        settings.find(EndKeys.OUTPUTS).orElse(List.of()),
        new LabelRule(
            settings.of(DataKeys.MISSING_LABEL),
            settings.of(DataKeys.NORMALIZE_LABEL),
            settings.of(TableKeys.LABEL_FORMAT).replace("plain", "")));
  }

  static SortedMap<String, SourceSpec> overriding(Settings settings) {
    SortedMap<String, SourceSpec> rows = new TreeMap<>();
    Map.of("validation", DataKeys.VALIDATION, "test", DataKeys.TEST)
        .forEach(
            (split, keys) -> {
              if (settings.isOverridden(keys.path()) || settings.isOverridden(keys.query())) {
                heldOut(settings, keys)
                    .map(source -> source.with(optionsForOthers(settings)))
                    .ifPresent(source -> rows.put(split, source));
              }
            });
    return rows;
  }

  /** A version that the job chose for its own table does not apply to others. */
  static Map<String, String> optionsForOthers(Settings settings) {
    Map<String, String> options = settings.of(DataKeys.OPTIONS);
    boolean isTable = settings.find(DataKeys.READER).flatMap(TableFormat::named).isPresent();
    return isTable && !settings.isOverridden(DataKeys.OPTIONS)
        ? TableFormat.withoutVersion(options)
        : options;
  }

  private static Optional<SourceSpec> heldOut(Settings settings, DataKeys.HeldOut keys) {
    Optional<List<String>> paths = settings.find(keys.path());
    Optional<String> query = settings.find(keys.query());
    return paths.isEmpty() && query.isEmpty()
        ? Optional.empty()
        : Optional.of(source(settings, paths, settings.find(keys.labels()), query));
  }

  private static SourceSpec source(
      Settings settings,
      Optional<List<String>> paths,
      Optional<List<String>> labels,
      Optional<String> query) {
    return new SourceSpec(
        settings.of(DataKeys.FORMAT),
        paths.orElse(List.of()),
        labels.orElse(List.of()),
        new CsvSpec(
            settings.of(DataKeys.HEADER),
            settings.of(DataKeys.DELIMITER).replace("\\t", "\t"),
            settings.of(RowKeys.SKIP),
            settings.of(RowKeys.MERGE_COLUMNS)),
        settings.find(DataKeys.READER),
        query,
        new ReadSettings(
            settings.of(DataKeys.OPTIONS),
            window(settings),
            isText(settings) ? TextRules.recipe(features(settings)) : Optional.empty()));
  }

  private static Optional<WindowSpec> window(Settings settings) {
    if (settings.find(TableKeys.SERIES_KEY).isPresent()) {
      return Optional.of(
          new WindowSpec(
              settings.find(TableKeys.SERIES_ORDER).orElse(""),
              settings.of(TableKeys.WINDOW_FORMAT),
              settings.find(TableKeys.SERIES_KEY).orElse(List.of()),
              WindowSpec.WHOLE,
              0,
              1,
              cells(settings)));
    }
    return settings
        .find(TableKeys.WINDOW_TIME)
        .map(
            time ->
                new WindowSpec(
                    time,
                    settings.of(TableKeys.WINDOW_FORMAT),
                    settings.find(TableKeys.WINDOW_KEY).orElse(List.of()),
                    settings.find(TableKeys.WINDOW_HISTORY).orElse(1),
                    settings.of(TableKeys.WINDOW_HORIZON),
                    settings.of(TableKeys.WINDOW_STEP),
                    cells(settings)));
  }

  private static WindowSpec.Cells cells(Settings settings) {
    WindowSpec.Gap gap =
        switch (settings.of(DataKeys.MISSING)) {
          case REFUSE -> WindowSpec.Gap.REFUSE;
          case DROP -> WindowSpec.Gap.DROP;
          case FILL, MEAN, MEDIAN -> WindowSpec.Gap.PREVIOUS;
        };
    return new WindowSpec.Cells(
        settings.find(DataKeys.FEATURES).orElse(List.of()).stream().map(ColumnSpec::name).toList(),
        settings.find(DataKeys.LABEL).orElse(List.of()),
        settings.of(DataKeys.TASK) == DataSpec.Task.CLASSIFICATION,
        gap,
        settings.find(DataKeys.ABSENT).orElse(List.of()));
  }
}
