package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.EndKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.key.TrainingKeys;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.data.spec.ColumnDetails;
import io.evenstep.driver.data.spec.ColumnGaps;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.text.TokenSource;
import io.evenstep.model.data.token.TokenRecipe;
import java.util.List;
import java.util.Optional;

/** Rules for texts and language models. */
final class TextRules {
  /** The feature of a text whose job names none: 64 characters. */
  static final ColumnSpec USUAL =
      new ColumnSpec(
          TokenSource.TEXT,
          Optional.of(ColumnSpec.Type.TOKENS),
          ColumnSpec.CategoryEncoding.ONE_HOT,
          List.of(),
          0,
          Optional.empty(),
          ColumnGaps.AS_ALL,
          new ColumnDetails(
              Optional.empty(),
              List.of(),
              Shaping.NONE,
              Optional.empty(),
              false,
              Optional.of(new TokenRecipe(TokenRecipe.Unit.CHARACTER, 64, 1_000))));

  private final Settings settings;
  private final Problems problems;

  private TextRules(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** How the only column of a text is cut; empty if it is no tokens. */
  static Optional<TokenRecipe> recipe(List<ColumnSpec> features) {
    return features.size() == 1 ? features.get(0).details().tokens() : Optional.empty();
  }

  static void check(Settings settings, Problems problems) {
    TextRules rules = new TextRules(settings, problems);
    boolean isText = settings.find(DataKeys.FORMAT).equals(Optional.of(Format.TEXT));
    boolean isNext = settings.find(DataKeys.TASK).equals(Optional.of(Task.NEXT_TOKEN));
    if (isText) {
      rules.text();
    }
    if (isNext) {
      rules.next(isText);
    }
    rules.outputs();
  }

  private void text() {
    settings
        .find(DataKeys.TASK)
        .filter(task -> task != Task.NEXT_TOKEN)
        .ifPresent(
            task ->
                problems.addUnlessKnown(
                    DataKeys.TASK.name(),
                    "must be next-token for data.format text, which has no labels",
                    ScalarType.spelling(task)));
    List<ColumnSpec> features = settings.find(DataKeys.FEATURES).orElse(List.of());
    if (!features.isEmpty() && !features.get(0).name().equals(TokenSource.TEXT)) {
      problems.addUnlessKnown(
          DataKeys.FEATURES.name(),
          "must be the column " + TokenSource.TEXT + " for data.format text",
          features.get(0).name());
    }
  }

  private void next(boolean isText) {
    List<ColumnSpec> features = settings.find(DataKeys.FEATURES).orElse(List.of());
    boolean isUsual = isText && settings.setting(DataKeys.FEATURES).isEmpty();
    if (!isUsual && recipe(features).isEmpty()) {
      problems.addUnlessKnown(
          DataKeys.FEATURES.name(),
          "must be one column of type tokens for data.task next-token, such as"
              + " {column: text, type: tokens, unit: character, length: 64}",
          features.stream().map(ColumnSpec::name).toList());
    }
    for (Key<?> key :
        List.of(
            DataKeys.LABEL,
            DataKeys.CLASSES,
            DataKeys.SHAPE,
            EndKeys.INPUTS,
            TrainingKeys.CLASS_WEIGHTS)) {
      settings.refuse(key, "must not be set for data.task next-token", problems);
    }
    LabelRules.refuseStratified(
        settings, "data.task next-token, which has no classes of rows", problems);
  }

  private void outputs() {
    settings.find(EndKeys.OUTPUTS).orElse(List.of()).stream()
        .filter(output -> output.task() == Task.NEXT_TOKEN)
        .forEach(
            output ->
                problems.addUnlessKnown(
                    EndKeys.OUTPUTS.name(),
                    "must have the task classification or regression; set data.task for next-token",
                    output.name()));
  }
}
