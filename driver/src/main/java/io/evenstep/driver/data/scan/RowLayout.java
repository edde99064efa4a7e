package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.spec.LabelRule;
import io.evenstep.model.data.Leniency;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.cell.Absent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns are features and labels; the same for all sources of a data set.
 *
 * @param inputs at least one
 * @param outputs at least one, unless the features are the labels
 * @param features of all inputs, one after the other
 * @param labels of all outputs, one after the other; none of next tokens
 * @param weights the column of weights; empty if each row counts once
 * @param labelRule what holds for labels
 * @param absent which cells have no value
 * @param leniency how cells without a value, or with an unknown one, are treated
 */
public record RowLayout(
    List<Input> inputs,
    List<Output> outputs,
    List<Feature> features,
    List<Label> labels,
    List<String> weights,
    LabelRule labelRule,
    Absent absent,
    Leniency leniency)
    implements Serializable {

  public RowLayout {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    weights = List.copyOf(weights);
  }

  RowLayout(
      List<Input> inputs,
      List<Output> outputs,
      List<String> weights,
      LabelRule labelRule,
      Absent absent,
      Leniency leniency) {
    this(inputs, outputs, features(inputs), labels(outputs), weights, labelRule, absent, leniency);
  }

  private static List<Feature> features(List<Input> inputs) {
    return inputs.stream().flatMap(input -> input.features().stream()).toList();
  }

  private static List<Label> labels(List<Output> outputs) {
    List<Label> labels = new ArrayList<>();
    for (Output output : outputs) {
      if (output.task() == Task.NEXT_TOKEN) {
        continue; // its labels are features
      }
      output.columns().forEach(c -> labels.add(new Label(c, output.task(), output.classes())));
    }
    return labels;
  }

  /**
   * Checks that a source has all columns.
   *
   * @throws io.evenstep.model.DataException naming the missing ones
   */
  public void requireIn(SourceTable table) {
    List<String> needed = new ArrayList<>(weights);
    labels.forEach(label -> needed.add(label.column()));
    features.forEach(feature -> needed.add(feature.column()));
    table.requireColumns(needed);
  }

  /** Whether a row without a label is skipped. */
  boolean dropsUnlabelled() {
    return switch (labelRule.missing()) {
      case AS_FEATURE -> leniency.missing() == Missing.DROP;
      case REFUSE -> false;
      case DROP -> true;
    };
  }

  /** Whether numeric labels are scaled. */
  boolean scalesLabels() {
    return labelRule.normalize() != DataSpec.Normalization.NONE;
  }

  /**
   * One input of the network.
   *
   * @param key of the job file for its shape
   * @param features in the order of the tensor
   * @param shape from the job; empty for the default
   */
  record Input(String name, String key, List<Feature> features, List<Long> shape)
      implements Serializable {
    Input {
      features = List.copyOf(features);
      shape = List.copyOf(shape);
    }
  }

  /**
   * One output of the network.
   *
   * @param columns label columns; exactly one if a label is a class
   * @param task type of a label
   * @param classes from the job; empty to take them from the training rows
   */
  record Output(String name, List<String> columns, Task task, List<String> classes)
      implements Serializable {
    Output {
      columns = List.copyOf(columns);
      classes = List.copyOf(classes);
    }
  }

  /** One label column, with the properties of its output. */
  public record Label(String column, Task task, List<String> classes) implements Serializable {}
}
