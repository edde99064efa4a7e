package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ListType;
import io.evenstep.driver.config.value.MapParts;
import io.evenstep.driver.config.value.PartListType;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.InputSpec;
import io.evenstep.driver.data.spec.OutputSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of data with several inputs or outputs, and the parts of their entries. */
public final class EndKeys {
  private EndKeys() {}

  private static final ValueRule<String> PLAIN_NAME =
      ValueRule.pattern("[A-Za-z0-9_-]+", "must be letters, digits, dashes and underscores");

  private static final Key<String> NAME =
      Key.of(
              "name",
              ScalarType.TEXT,
              "Its name in layers, metrics and predictions; letters, digits, dashes and"
                  + " underscores.")
          .where(PLAIN_NAME)
          .required();

  private static final Key<List<ColumnSpec>> FEATURES =
      Key.of("features", ColumnsType.COLUMNS, "Its columns, as in `data.features`.").required();

  private static final Key<List<Long>> SHAPE =
      Key.of("shape", ListType.LONGS, "Shape of one row, as in `data.shape`.")
          .where(ValueRule.each(ValueRule.atLeast(1)))
          .where(ValueRule.rowFits())
          .otherwise("as for `data.shape`");

  private static final Key<List<String>> LABEL =
      Key.of("label", ListType.TEXTS, "Its label column, or several columns if labels are numbers.")
          .where(ValueRule.someTexts())
          .required();

  private static final Key<DataSpec.Task> TASK =
      Key.of(
              "task",
              ScalarType.choice(DataSpec.Task.class),
              "Whether a label is a class or a number.")
          .byDefault(DataSpec.Task.CLASSIFICATION);

  private static final Key<List<String>> CLASSES =
      Key.of("classes", ListType.TEXTS, "The classes in order.")
          .where(ValueRule.someTexts())
          .otherwise("those of the training rows, sorted");

  /** The keys of an entry of {@code data.inputs}. */
  static final List<Key<?>> INPUT_PARTS = List.of(NAME, FEATURES, SHAPE);

  /** The keys of an entry of {@code data.outputs}. */
  static final List<Key<?>> OUTPUT_PARTS = List.of(NAME, LABEL, TASK, CLASSES);

  public static final Key<List<InputSpec>> INPUTS =
      Key.of(
              "data.inputs",
              new PartListType<>(
                  "a list of inputs, each with name and features", INPUT_PARTS, EndKeys::input),
              "The network's inputs in order, instead of `data.features` and `data.shape`; see"
                  + " [several inputs and outputs](data.md#several-inputs-and-outputs).")
          .otherwise("one input");

  public static final Key<List<OutputSpec>> OUTPUTS =
      Key.of(
              "data.outputs",
              new PartListType<>(
                  "a list of outputs, each with name and label", OUTPUT_PARTS, EndKeys::output),
              "The network's outputs in order, instead of `data.label`, `data.task` and"
                  + " `data.classes`.")
          .otherwise("one output");

  private static InputSpec input(MapParts parts) {
    return new InputSpec(
        parts.find(NAME).orElseThrow(),
        parts.find(FEATURES).orElseThrow(),
        parts.find(SHAPE).orElse(List.of()));
  }

  private static OutputSpec output(MapParts parts) {
    return new OutputSpec(
        parts.find(NAME).orElseThrow(),
        parts.find(LABEL).orElseThrow(),
        parts.find(TASK).orElseThrow(),
        parts.find(CLASSES).orElse(List.of()));
  }

  /** The input in the form of the job file. */
  static Map<String, Object> plain(InputSpec input) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("name", input.name());
    parts.put("features", Printable.plain(input.features()));
    if (!input.shape().isEmpty()) {
      parts.put("shape", input.shape());
    }
    return parts;
  }

  /** The output in the form of the job file. */
  static Map<String, Object> plain(OutputSpec output) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("name", output.name());
    parts.put("label", output.labels());
    parts.put("task", ScalarType.spelling(output.task()));
    if (!output.classes().isEmpty()) {
      parts.put("classes", output.classes());
    }
    return parts;
  }

  /** The outputs by name; empty if the job has only one. */
  public static Map<String, DataSpec.Task> tasks(Settings settings) {
    Map<String, DataSpec.Task> tasks = new LinkedHashMap<>();
    List<OutputSpec> outputs = settings.find(OUTPUTS).orElse(List.of());
    if (outputs.size() > 1) {
      outputs.forEach(output -> tasks.put(output.name(), output.task()));
    }
    return tasks;
  }

  /** The output of a job with only one. */
  public static Optional<DataSpec.Task> task(Settings settings) {
    List<OutputSpec> outputs = settings.find(OUTPUTS).orElse(List.of());
    return outputs.size() == 1 ? Optional.of(outputs.get(0).task()) : settings.find(DataKeys.TASK);
  }
}
