package io.evenstep.driver.score;

import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.decision.Decision;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a prediction: the file name if each row is a file, the source's own columns,
 * {@code prediction}, and the probabilities of classes. Probabilities are one column per class, or
 * one array if the format supports arrays. With several outputs, each has its own columns, with its
 * name as the suffix.
 *
 * @param files whether each row is a file and needs a column {@code file}
 * @param kept the source's own columns that the format supports
 * @param outputs of the network, in its order
 * @param arrays whether the format supports arrays and bytes
 * @param flagged whether a last column gives the reason why a row has no prediction
 */
record PredictionColumns(
    boolean files, List<String> kept, List<Output> outputs, boolean arrays, boolean flagged)
    implements Serializable {
  /** The column that says why a row has no prediction; null if it has one. */
  static final String PROBLEM = "problem";

  /**
   * The columns of one output.
   *
   * @param suffix of their names
   * @param classes empty for a regression
   * @param width numbers that the network outputs for a row
   * @param shift of scaled numbers; empty for unscaled ones
   * @param scale of the same length as {@code shift}
   * @param decision how probabilities become a class
   */
  private record Output(
      String suffix,
      List<String> classes,
      int width,
      List<Double> shift,
      List<Double> scale,
      Decision decision)
      implements Serializable {

    /** Converts numbers that were scaled for training back to their original scale. */
    double[] undone(double[] numbers) {
      Scaling scaling = new Scaling(shift, scale);
      return shift.isEmpty()
          ? numbers
          : IntStream.range(0, numbers.length)
              .mapToDouble(i -> scaling.undone(i, numbers[i]))
              .toArray();
    }
  }

  /**
   * The columns for some rows.
   *
   * @throws DataException when the rows already have a column that a prediction adds
   */
  static PredictionColumns of(
      ScoringRows rows, Encoding encoding, boolean arrays, boolean flagged) {
    StructType schema = rows.schema();
    List<String> kept =
        rows.columns().stream().filter(name -> arrays || isPlain(schema.apply(name))).toList();
    boolean several = encoding.outputs().size() > 1;
    List<Output> outputs = new ArrayList<>();
    for (TensorEncoding output : encoding.outputs()) {
      List<String> classes = output.isClass() ? output.classes() : List.of();
      String suffix = several ? "_" + output.name() : "";
      Scaling scaling = output.isClass() ? Scaling.NONE : output.scaling();
      outputs.add(
          new Output(
              suffix,
              new ArrayList<>(classes),
              output.width(),
              new ArrayList<>(scaling.shift()),
              new ArrayList<>(scaling.scale()),
              output.decision()));
    }
    PredictionColumns columns =
        new PredictionColumns(rows.rowIsFile(), new ArrayList<>(kept), outputs, arrays, flagged);
    columns.requireNewNames(schema);
    return columns;
  }

  /** Spark cannot write two columns whose names differ only in case. */
  private void requireNewNames(StructType source) {
    Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    own.addAll(kept);
    String[] names = schema(source).fieldNames();
    for (int i = (files ? 1 : 0) + kept.size(); i < names.length; i++) {
      if (own.contains(names[i])) {
        throw new DataException(
            "Cannot predict: the rows have a column "
                + names[i]
                + " already, and predict adds one of that name; rename it or drop it from the"
                + " rows");
      }
    }
  }

  private static boolean isPlain(StructField field) {
    return field.dataType() instanceof AtomicType && !(field.dataType() instanceof BinaryType);
  }

  StructType schema(StructType source) {
    StructType schema = new StructType();
    if (files) {
      schema = schema.add("file", DataTypes.StringType);
    }
    for (String name : kept) {
      schema = schema.add(source.apply(name));
    }
    for (Output output : outputs) {
      schema = output.classes.isEmpty() ? numbers(schema, output) : classes(schema, output);
    }
    return flagged ? schema.add(PROBLEM, DataTypes.StringType) : schema;
  }

  private StructType classes(StructType schema, Output output) {
    StructType wide = schema.add("prediction" + output.suffix, DataTypes.StringType);
    String probability = "probability" + output.suffix;
    if (arrays) {
      return wide.add(probability, DataTypes.createArrayType(DataTypes.DoubleType));
    }
    for (String name : output.classes) {
      wide = wide.add(probability + "_" + name, DataTypes.DoubleType);
    }
    return wide;
  }

  private static StructType numbers(StructType schema, Output output) {
    String prediction = "prediction" + output.suffix;
    if (output.width == 1) {
      return schema.add(prediction, DataTypes.DoubleType);
    }
    StructType wide = schema;
    for (int number = 0; number < output.width; number++) {
      wide = wide.add(prediction + "_" + number, DataTypes.DoubleType);
    }
    return wide;
  }

  /**
   * One row of the result.
   *
   * @param source the row predicted
   * @param numbers the network's, [output][row][number]
   * @param at index of the row
   */
  Row row(Row source, List<double[][]> numbers, int at) {
    List<@Nullable Object> cells = own(source);
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      add(output.undone(numbers.get(i)[at]), output, cells);
    }
    if (flagged) {
      cells.add(null);
    }
    return RowFactory.create(cells.toArray());
  }

  /** A row without a prediction, with the reason. */
  Row row(Row source, String problem) {
    List<@Nullable Object> cells = own(source);
    int width = outputs.stream().mapToInt(this::columns).sum();
    cells.addAll(Collections.nCopies(width, null));
    cells.add(problem);
    return RowFactory.create(cells.toArray());
  }

  private int columns(Output output) {
    if (output.classes.isEmpty()) {
      return output.width;
    }
    return 1 + (arrays ? 1 : output.classes.size());
  }

  private List<@Nullable Object> own(Row source) {
    List<@Nullable Object> cells = new ArrayList<>();
    if (files) {
      cells.add(ScoringRows.file(source));
    }
    for (String name : kept) {
      cells.add(source.getAs(name));
    }
    return cells;
  }

  private void add(double[] given, Output output, List<@Nullable Object> cells) {
    List<String> classes = output.classes;
    double[] numbers =
        classes.isEmpty() ? given : output.decision.calibrated(Outputs.byClass(given));
    if (!classes.isEmpty()) {
      cells.add(classes.get(output.decision.classOf(numbers)));
    }
    if (!classes.isEmpty() && arrays) {
      cells.add(numbers);
    } else {
      for (double number : numbers) {
        cells.add(number);
      }
    }
  }
}
