package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.FoldKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TableKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import java.util.List;

/** Rules between the keys of windows and of sequences in the long format. */
final class WindowRules {
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
}
