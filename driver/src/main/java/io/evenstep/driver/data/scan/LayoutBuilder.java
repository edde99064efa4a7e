package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.spec.ColumnNames;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.ColumnSpec.CategoryEncoding;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.spec.InputSpec;
import io.evenstep.driver.data.spec.OutputSpec;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.cell.Absent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Resolves the columns of the job against the training source and its first row. */
public final class LayoutBuilder {
  private final DataSpec spec;
  private final SourceTable table;
  private final FeatureBuilder builder;
  private final List<String> names;
  private final Set<String> known;

  public LayoutBuilder(DataSpec spec, SourceTable table, Row first) {
    this.spec = spec;
    this.table = table;
    this.builder = new FeatureBuilder(spec, table, first);
    this.names = table.columnNames();
    this.known = Set.copyOf(names);
  }

  public RowLayout build() {
    List<RowLayout.Output> outputs = outputs();
    List<String> weights =
        spec.weight().map(name -> columns("data.weight", name)).orElse(List.of());
    Set<String> others = new LinkedHashSet<>(weights);
    outputs.stream()
        .filter(output -> output.task() != Task.NEXT_TOKEN)
        .forEach(output -> others.addAll(output.columns()));
    if (isReconstruction()) {
      others.addAll(spareLabels());
    }
    return new RowLayout(
        inputs(others),
        outputs,
        weights,
        spec.labels().rule(),
        Absent.of(spec.leniency().absent()),
        spec.leniency().kept());
  }

  private static List<ColumnSpec> named(List<String> columns) {
    return columns.stream()
        .map(
            name ->
                new ColumnSpec(
                    name,
                    Optional.empty(),
                    CategoryEncoding.ONE_HOT,
                    List.of(),
                    0,
                    Optional.empty()))
        .toList();
  }

  private List<RowLayout.Input> inputs(Set<String> others) {
    if (spec.features().inputs().isEmpty()) {
      Set<String> indexes = new LinkedHashSet<>(IndexColumns.of(spec, table));
      spec.sources().train().window().ifPresent(window -> indexes.addAll(window.ownColumns()));
      List<ColumnSpec> columns =
          spec.features().columns().isEmpty()
              ? named(table.columnNames().stream().filter(name -> !indexes.contains(name)).toList())
              : spec.features().columns();
      List<Feature> features = features("data.features", columns, others);
      return List.of(
          new RowLayout.Input("features", "data.shape", features, spec.features().shape()));
    }
    List<RowLayout.Input> inputs = new ArrayList<>();
    for (InputSpec input : spec.features().inputs()) {
      String key = "data.inputs[" + inputs.size() + "]";
      List<Feature> features = features(key + ".features", input.features(), others);
      inputs.add(new RowLayout.Input(input.name(), key + ".shape", features, input.shape()));
    }
    return inputs;
  }

  private List<Feature> features(String key, List<ColumnSpec> columns, Set<String> others) {
    List<Feature> features = new ArrayList<>();
    for (ColumnSpec column : columns) {
      for (String name : columns(key, column.name())) {
        if (!others.contains(name)) {
          features.add(builder.feature(name, column));
          if (column.gaps().indicator()) {
            features.add(builder.indicator(name, column));
          }
        }
      }
    }
    if (features.isEmpty()) {
      throw new ConfigException(key, "must name columns other than the labels", columns);
    }
    return features;
  }

  /** Several label columns with classes are separate outputs. */
  private List<RowLayout.Output> outputs() {
    if (!spec.labels().outputs().isEmpty()) {
      List<RowLayout.Output> outputs = new ArrayList<>();
      for (OutputSpec output : spec.labels().outputs()) {
        String key = "data.outputs[" + outputs.size() + "].label";
        List<String> columns = labels(key, output.labels());
        if (output.task() == Task.CLASSIFICATION && columns.size() > 1) {
          throw new ConfigException(key, "must be a single column if a label is a class", columns);
        }
        outputs.add(new RowLayout.Output(output.name(), columns, output.task(), output.classes()));
      }
      return outputs;
    }
    if (isReconstruction()) {
      return List.of();
    }
    if (spec.labels().task() == Task.NEXT_TOKEN) {
      List<String> texts = spec.features().columns().stream().map(ColumnSpec::name).toList();
      return List.of(new RowLayout.Output("next", texts, Task.NEXT_TOKEN, List.of()));
    }
    List<String> labels = labels();
    return spec.labels().task() == Task.REGRESSION
        ? List.of(new RowLayout.Output("label", labels, spec.labels().task(), List.of()))
        : labels.stream()
            .map(
                c ->
                    new RowLayout.Output(
                        c, List.of(c), spec.labels().task(), spec.labels().classes()))
            .toList();
  }

  private boolean isReconstruction() {
    return spec.labels().task() == Task.RECONSTRUCTION;
  }

  /** Columns that a reconstruction leaves out, because another task would learn them. */
  private List<String> spareLabels() {
    if (!spec.labels().columns().isEmpty()) {
      return labels("data.label", spec.labels().columns());
    }
    return known.contains("label") ? List.of("label") : List.of();
  }

  private List<String> labels(String key, List<String> patterns) {
    Set<String> labels = new LinkedHashSet<>();
    patterns.forEach(label -> labels.addAll(columns(key, label)));
    return List.copyOf(labels);
  }

  private List<String> labels() {
    if (!spec.labels().columns().isEmpty()) {
      return labels("data.label", spec.labels().columns());
    }
    if (known.contains("label")) {
      return List.of("label");
    }
    if (spec.sources().train().format() == SourceSpec.Format.CSV
        && !spec.sources().train().header()) {
      return List.of(names.get(names.size() - 1));
    }
    throw new ConfigException(
        "data.label", "must name label columns, one of " + names + table.advice(), "nothing");
  }

  private List<String> columns(String key, String pattern) {
    List<String> found =
        known.contains(pattern) ? List.of(pattern) : ColumnNames.matching(pattern, names);
    if (found.isEmpty()) {
      throw new ConfigException(
          key, "must name columns of " + table.name() + " " + names + table.advice(), pattern);
    }
    return found;
  }
}
