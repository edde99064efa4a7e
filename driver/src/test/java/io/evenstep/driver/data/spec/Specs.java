package io.evenstep.driver.data.spec;

import io.evenstep.driver.data.spec.ColumnSpec.CategoryEncoding;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.model.data.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds data specifications as a job file would. */
public final class Specs {
  private final SourceSpec train;
  private Optional<SourceSpec> validation = Optional.empty();
  private Optional<SourceSpec> test = Optional.empty();
  private double validationFraction;
  private double testFraction;
  private final List<ColumnSpec> features = new ArrayList<>();
  private Optional<String> weight = Optional.empty();
  private List<String> labels = List.of();
  private Task task = Task.CLASSIFICATION;
  private List<String> classes = List.of();
  private final List<InputSpec> inputs = new ArrayList<>();
  private final List<OutputSpec> outputs = new ArrayList<>();
  private List<Long> shape = List.of();
  private Normalization normalize = Normalization.NONE;
  private Missing missing = Missing.REFUSE;
  private double fill;
  private Unseen unseen = Unseen.REFUSE;

  private Specs(SourceSpec train) {
    this.train = train;
  }

  public static Specs of(SourceSpec train) {
    return new Specs(train);
  }

  /** A CSV file without a header. */
  public static Specs csv(String... paths) {
    return of(source(Format.CSV, false, List.of(paths), List.of()));
  }

  /** A CSV file with a header. */
  public static Specs headed(String... paths) {
    return of(source(Format.CSV, true, List.of(paths), List.of()));
  }

  public static SourceSpec source(Format format, String... paths) {
    return source(format, true, List.of(paths), List.of());
  }

  public static SourceSpec idx(String images, String labels) {
    return source(Format.IDX, false, List.of(images), List.of(labels));
  }

  public static SourceSpec query(String query) {
    return new SourceSpec(
        Format.SQL,
        List.of(),
        List.of(),
        false,
        ",",
        Optional.empty(),
        Optional.of(query),
        Map.of());
  }

  public static SourceSpec spark(String reader, Map<String, String> options, String... paths) {
    return new SourceSpec(
        Format.SPARK,
        List.of(paths),
        List.of(),
        false,
        ",",
        Optional.of(reader),
        Optional.empty(),
        options);
  }

  private static SourceSpec source(
      Format format, boolean header, List<String> paths, List<String> labels) {
    return new SourceSpec(
        format, paths, labels, header, ",", Optional.empty(), Optional.empty(), Map.of());
  }

  public Specs validation(SourceSpec source) {
    validation = Optional.of(source);
    return this;
  }

  public Specs test(SourceSpec source) {
    test = Optional.of(source);
    return this;
  }

  public Specs fractions(double forValidation, double forTest) {
    validationFraction = forValidation;
    testFraction = forTest;
    return this;
  }

  public Specs feature(ColumnSpec column) {
    features.add(column);
    return this;
  }

  public Specs feature(String name, ColumnSpec.Type type) {
    return feature(name, type, CategoryEncoding.ONE_HOT, List.of());
  }

  public Specs feature(
      String name, ColumnSpec.Type type, CategoryEncoding encoding, List<Long> columnShape) {
    features.add(new ColumnSpec(name, type, encoding, columnShape, 0, Optional.empty()));
    return this;
  }

  public Specs labels(String... names) {
    labels = List.of(names);
    return this;
  }

  public Specs weight(String column) {
    weight = Optional.of(column);
    return this;
  }

  public Specs regression() {
    task = Task.REGRESSION;
    return this;
  }

  Specs classes(String... names) {
    classes = List.of(names);
    return this;
  }

  public Specs shape(Long... sizes) {
    shape = List.of(sizes);
    return this;
  }

  public Specs normalize(Normalization how) {
    normalize = how;
    return this;
  }

  public Specs missing(Missing what, double with) {
    missing = what;
    fill = with;
    return this;
  }

  public Specs unseen(Unseen what) {
    unseen = what;
    return this;
  }

  Specs input(String name, List<ColumnSpec> columns, Long... sizes) {
    inputs.add(new InputSpec(name, columns, List.of(sizes)));
    return this;
  }

  Specs output(String name, Task what, String... columns) {
    outputs.add(new OutputSpec(name, List.of(columns), what, List.of()));
    return this;
  }

  public DataSpec build() {
    return new DataSpec(
        new DataSpec.Sources(train, validation, test),
        new DataSpec.Fractions(validationFraction, testFraction, 7, Fold.NONE),
        SplitSpec.RANDOM,
        new DataSpec.Features(features, shape, inputs, normalize),
        new DataSpec.Labels(labels, task, classes, outputs, LabelRule.PLAIN),
        weight,
        RowsSpec.USUAL,
        new LeniencySpec(missing, fill, unseen, List.of()));
  }
}
