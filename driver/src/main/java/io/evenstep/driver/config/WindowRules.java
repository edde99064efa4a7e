package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.FoldKeys;
import io.evenstep.driver.config.key.Printable;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TableKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.WindowSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules between the keys of windows and of sequences in the long format. */
final class WindowRules {
  private static final String PLAIN = "plain";
  private static final String ELSEWHERE =
      " for a column of data.window or data.series: its numbers are used as the table has them;"
          + " change them in the table, or in a query with data.format sql";
  private static final Set<String> TYPES = Set.of("numeric", "sequence", "vector");
  private static final Set<String> BY_RANK = Set.of("robust", "quantile");
  private static final List<String> NOT_OF_HISTORIES =
      List.of("format", "transform", "clip", "clipQuantiles", "missing", "fill", "indicator");

  private final Settings settings;
  private final Problems problems;

  private WindowRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  static void check(Settings settings, Problems problems) {
    WindowRules rules = new WindowRules(settings, problems);
    rules.window();
    rules.series();
    rules.columns();
  }

  private void window() {
    if (settings.setting(TableKeys.WINDOW_TIME).isEmpty()) {
      for (Key<?> key :
          List.of(
              TableKeys.WINDOW_KEY,
              TableKeys.WINDOW_HISTORY,
              TableKeys.WINDOW_HORIZON,
              TableKeys.WINDOW_STEP)) {
        settings.refuse(key, "must not be set without data.window.time", problems);
      }
      if (settings.setting(TableKeys.SERIES_KEY).isEmpty()) {
        settings.refuse(
            TableKeys.WINDOW_FORMAT,
            "must not be set without data.window.time or data.series.key",
            problems);
      }
      return;
    }
    for (Key<?> key : List.of(TableKeys.WINDOW_HISTORY, DataKeys.LABEL)) {
      if (settings.setting(key).isEmpty()) {
        problems.addUnlessKnown(
            key.name(), "must be given together with data.window.time", "nothing");
      }
    }
    for (Key<?> key :
        List.of(
            DataKeys.SPLIT,
            DataKeys.WEIGHT,
            EndKeys.INPUTS,
            EndKeys.OUTPUTS,
            FoldKeys.FOLDS,
            FoldKeys.FOLD)) {
      settings.refuse(
          key, "must not be set together with data.window.time; windows split by time", problems);
    }
  }

  private void series() {
    boolean key = settings.setting(TableKeys.SERIES_KEY).isPresent();
    boolean order = settings.setting(TableKeys.SERIES_ORDER).isPresent();
    if (key != order) {
      problems.addUnlessKnown(
          (key ? TableKeys.SERIES_ORDER : TableKeys.SERIES_KEY).name(),
          "must be given: data.series needs key and order",
          "nothing");
    }
    if (key && settings.setting(DataKeys.LABEL).isEmpty()) {
      problems.addUnlessKnown(
          DataKeys.LABEL.name(), "must be given together with data.series.key", "nothing");
    }
    if (key) {
      for (Key<?> other :
          List.of(TableKeys.WINDOW_TIME, DataKeys.WEIGHT, EndKeys.INPUTS, EndKeys.OUTPUTS)) {
        settings.refuse(other, "must not be set together with data.series.key", problems);
      }
    }
  }

  /** A column of the history is a sequence of numbers. The time and the key are single cells. */
  private void columns() {
    Set<String> single = new HashSet<>(List.of(WindowSpec.START, WindowSpec.END));
    for (Key<String> time : List.of(TableKeys.WINDOW_TIME, TableKeys.SERIES_ORDER)) {
      settings.find(time).ifPresent(single::add);
    }
    if (single.size() == 2) {
      return; // rows are no windows
    }
    for (Key<List<String>> key : List.of(TableKeys.WINDOW_KEY, TableKeys.SERIES_KEY)) {
      single.addAll(settings.find(key).orElse(List.of()));
    }
    List<ColumnSpec> columns = settings.find(DataKeys.FEATURES).orElse(List.of());
    for (int i = 0; i < columns.size(); i++) {
      if (!single.contains(columns.get(i).name())) {
        history(DataKeys.FEATURES.name() + "[" + i + "].", Printable.parts(columns.get(i)));
      }
    }
  }

  private void history(String key, Map<String, Object> parts) {
    for (String part : NOT_OF_HISTORIES) {
      Object value = parts.get(part);
      if (value != null && !value.equals(PLAIN)) {
        problems.add(key + part, "must not be set" + ELSEWHERE, value);
      }
    }
    Object type = parts.get("type");
    if (type != null && !TYPES.contains(type)) {
      problems.add(key + "type", "must be numeric, sequence or vector" + ELSEWHERE, type);
    }
    Object normalize = parts.get("normalize");
    if (normalize != null && BY_RANK.contains(normalize)) {
      problems.add(key + "normalize", "must not be robust or quantile" + ELSEWHERE, normalize);
    }
  }
}
