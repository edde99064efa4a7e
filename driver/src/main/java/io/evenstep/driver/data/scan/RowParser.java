package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.SparkCells;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.model.data.CellReader;
import io.evenstep.model.data.Images8;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.cell.NumberText;
import io.evenstep.model.data.column.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Reads and checks one row's features and labels. The next row overwrites the result. */
final class RowParser {
  private final RowLayout layout;
  private final List<double[]> numbers = new ArrayList<>(); // [features][numbers], empty if unused
  private final List<CellReader> readers = new ArrayList<>(); // one per feature
  private final NumberText labelText; // how numeric labels are written
  private final Map<Integer, Terms> recipes = new HashMap<>(); // of the features that are texts
  private final List<Map<String, Integer>> terms =
      new ArrayList<>(); // [features], empty unless texts
  private final boolean[] present; // [features]
  private final String[] categories; // [features], empty for numbers
  private final String[] labels; // one per label
  private final double[] labelNumbers; // one per label, numeric labels only
  private int @Nullable [] indexes; // of the features, the labels, the weight

  RowParser(RowLayout layout) {
    this.layout = layout;
    for (Feature feature : layout.features()) {
      numbers.add(new double[feature.isMeasured() ? feature.numbers() : 0]);
      if (feature.isText()) {
        recipes.put(readers.size(), feature.terms());
      }
      readers.add(reader(feature));
      terms.add(Map.of());
    }
    this.labelText = NumberText.of(layout.labelRule().format());
    this.present = new boolean[layout.features().size()];
    this.categories = new String[layout.features().size()];
    this.labelNumbers = new double[layout.labels().size()];
    this.labels = new String[layout.labels().size()];
  }

  private static CellReader reader(Feature feature) {
    return switch (feature.kind()) {
      case NUMBER, TRUTH, TIME, NUMBERS, ORDINAL ->
          CellReader.of(feature.kind(), feature.format(), feature.reading().levels());
      case INDEX, ONE_HOT, IMAGE, INDICATOR, TEXT, TOKENS, NEXT_TOKENS -> CellReader.NONE;
    };
  }

  /**
   * Reads a row.
   *
   * @return false if the row is skipped for a missing value
   * @throws InvalidValueException naming column, rule and value
   */
  boolean parse(Row row) throws InvalidValueException {
    int[] at = indexes(row);
    int features = layout.features().size();
    boolean whole = true;
    for (int i = 0; i < features; i++) {
      Feature feature = layout.features().get(i);
      whole &= parse(row, at[i], feature.column(), i);
    }
    for (int i = 0; i < labels.length; i++) {
      whole &= parseLabel(row, at[features + i], i);
    }
    for (int i = 0; i < layout.weights().size(); i++) {
      whole &= parseWeight(row, at[features + labels.length + i], layout.weights().get(i));
    }
    return whole;
  }

  private int[] indexes(Row row) {
    if (indexes == null) {
      indexes =
          new int[layout.features().size() + layout.labels().size() + layout.weights().size()];
      int at = 0;
      for (Feature feature : layout.features()) {
        indexes[at++] = row.fieldIndex(feature.column());
      }
      for (RowLayout.Label label : layout.labels()) {
        indexes[at++] = row.fieldIndex(label.column());
      }
      for (String weight : layout.weights()) {
        indexes[at++] = row.fieldIndex(weight);
      }
    }
    return indexes;
  }

  private boolean parse(Row row, int index, String column, int i) throws InvalidValueException {
    Object cell = SparkCells.plain(row, index);
    Feature feature = layout.features().get(i);
    present[i] = !layout.absent().holds(cell);
    categories[i] = "";
    terms.set(i, Map.of());
    if (feature.kind() == Kind.INDICATOR) {
      numbers.get(i)[0] = present[i] ? 0 : 1;
      present[i] = true;
      return true;
    } else if (cell == null || !present[i]) {
      return isFilled(feature);
    }
    try {
      read(cell, feature, i);
    } catch (InvalidValueException e) {
      throw e.in(column);
    }
    return true;
  }

  /** False if the row is skipped because the feature is missing. */
  private static boolean isFilled(Feature feature) throws InvalidValueException {
    Missing rule = feature.gaps().rule().kept();
    if (rule == Missing.REFUSE) {
      throw new InvalidValueException("must not be missing", "nothing").in(feature.column());
    }
    return rule == Missing.FILL;
  }

  private void read(Object cell, Feature feature, int i) throws InvalidValueException {
    double[] out = numbers.get(i);
    switch (feature.kind()) {
      case NUMBER, TRUTH, TIME, ORDINAL -> {
        readers.get(i).read(cell, out);
        requireSingle(out, cell, feature);
        requireLogarithm(out[0], cell, feature);
      }
      case TEXT -> terms.set(i, recipe(i).count(CellValues.category(cell)));
      case TOKENS -> terms.set(i, recipe(i).count(String.valueOf(cell)));
      case INDICATOR, NEXT_TOKENS -> throw new IllegalStateException(feature + " is not read");
      case INDEX, ONE_HOT -> categories[i] = CellValues.category(cell);
      case IMAGE -> readImage(cell, feature, out);
      case NUMBERS -> {
        if (feature.isPadded()) {
          readPadded(cell, feature, i);
        } else {
          readNumbers(cell, feature, out);
        }
      }
    }
  }

  private Terms recipe(int feature) {
    Terms recipe = recipes.get(feature);
    if (recipe == null) {
      throw new IllegalStateException("Feature " + feature + " is not a text");
    }
    return recipe;
  }

  private static void readImage(Object cell, Feature feature, double[] out)
      throws InvalidValueException {
    if (!(cell instanceof byte[] file)) {
      throw new InvalidValueException("must be the bytes of a PNG or JPEG", cell);
    }
    byte[] pixels = Images8.decode(file, feature.shape());
    for (int i = 0; i < out.length; i++) {
      out[i] = pixels[i] & 0xff;
    }
  }

  private void readPadded(Object cell, Feature feature, int i) throws InvalidValueException {
    double[] out = CellValues.room(cell, feature.numbers());
    CellValues.numbers(cell, out, 0, out.length);
    requireSingle(out, cell, feature);
    numbers.set(i, out);
  }

  private static void readNumbers(Object cell, Feature feature, double[] out)
      throws InvalidValueException {
    if (out.length > 0) {
      CellValues.numbers(cell, out, 0, out.length);
      requireSingle(out, cell, feature);
    } else if (CellValues.count(cell) != feature.numbers()) {
      throw new InvalidValueException(
          "must hold " + feature.numbers() + " numbers", CellValues.count(cell));
    }
  }

  /** Unscaled numbers must be in the range of floats. */
  private static void requireSingle(double[] numbers, Object cell, Feature feature)
      throws InvalidValueException {
    if (feature.normalize() == DataSpec.Normalization.NONE) {
      for (double number : numbers) {
        var unused = CellValues.single(number, cell);
      }
    }
  }

  private static void requireLogarithm(double number, Object cell, Feature feature)
      throws InvalidValueException {
    boolean logs = feature.shaping().transform() == Shaping.Function.LOG;
    if (logs && !feature.shaping().clips() && number <= -1) {
      throw new InvalidValueException(
          "must be above -1 for transform log; signed-log and power take any number", cell);
    }
  }

  private boolean parseLabel(Row row, int index, int i) throws InvalidValueException {
    String column = layout.labels().get(i).column();
    Object cell = given(row, index, column, layout.dropsUnlabelled());
    labels[i] = "";
    if (cell == null) {
      return false;
    }
    try {
      readLabel(cell, i);
    } catch (InvalidValueException e) {
      throw e.in(column);
    }
    return true;
  }

  private void readLabel(Object cell, int i) throws InvalidValueException {
    RowLayout.Label label = layout.labels().get(i);
    if (label.task() == DataSpec.Task.REGRESSION) {
      labelNumbers[i] = labelText.read(cell);
      if (!layout.scalesLabels()) {
        var unused = CellValues.single(labelNumbers[i], cell);
      }
      return;
    }
    labels[i] = CellValues.category(cell);
    if (!label.classes().isEmpty() && !label.classes().contains(labels[i])) {
      throw new InvalidValueException("must be one of " + label.classes(), labels[i]);
    }
  }

  private boolean parseWeight(Row row, int index, String column) throws InvalidValueException {
    Object cell = given(row, index, column, layout.leniency().missing() == Missing.DROP);
    if (cell == null) {
      return false;
    }
    try {
      var unused = CellValues.weight(cell);
    } catch (InvalidValueException e) {
      throw e.in(column);
    }
    return true;
  }

  /** A label or weight, which is never filled in; null if the row is skipped. */
  private @Nullable Object given(Row row, int index, String column, boolean drops)
      throws InvalidValueException {
    Object cell = SparkCells.plain(row, index);
    if (cell != null && !layout.absent().holds(cell)) {
      return cell;
    }
    if (drops) {
      return null;
    }
    throw new InvalidValueException("must not be missing", "nothing").in(column);
  }

  /** Whether the last row had a value for the feature. */
  boolean isPresent(int feature) {
    return present[feature];
  }

  /** The last row's numbers of a feature. */
  double[] numbers(int feature) {
    return numbers.get(feature);
  }

  /** The last row's category of a feature; empty for none. */
  String category(int feature) {
    return categories[feature];
  }

  /** The last row's terms of a text, with their counts; empty for none. */
  Map<String, Integer> terms(int feature) {
    return terms.get(feature);
  }

  /** The last row's numeric label. */
  double labelNumber(int label) {
    return labelNumbers[label];
  }

  /** The last row's class of a label. */
  String label(int label) {
    return labels[label];
  }
}
