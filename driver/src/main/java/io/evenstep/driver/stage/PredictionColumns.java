package io.evenstep.driver.stage;

import io.evenstep.driver.data.ScoringRows;
import io.evenstep.model.data.Encoding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a prediction: the file where each row is one, the source's own, then {@code
 * prediction}, and for classes their probabilities: one column each, or all in one array where the
 * format can hold it.
 *
 * @param files whether each row is a file, which gets a column {@code file}
 * @param kept the source's own columns that the format can hold
 * @param classes empty for a regression
 * @param outputs numbers the network gives for a row
 * @param arrays whether the format can hold arrays and bytes
 */
record PredictionColumns(
    boolean files, List<String> kept, List<String> classes, int outputs, boolean arrays)
    implements Serializable {

  static PredictionColumns of(ScoringRows rows, Encoding encoding, boolean arrays) {
    StructType schema = rows.rows().schema();
    List<String> kept =
        rows.columns().stream().filter(name -> arrays || isPlain(schema.apply(name))).toList();
    return new PredictionColumns(
        rows.rowIsFile(),
        new ArrayList<>(kept),
        new ArrayList<>(encoding.classes()),
        encoding.outputs().get(0).width(),
        arrays);
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
    if (!classes.isEmpty()) {
      return probabilities(schema.add("prediction", DataTypes.StringType));
    }
    return outputs == 1 ? schema.add("prediction", DataTypes.DoubleType) : numbers(schema);
  }

  private StructType probabilities(StructType schema) {
    if (arrays) {
      return schema.add("probability", DataTypes.createArrayType(DataTypes.DoubleType));
    }
    StructType wide = schema;
    for (String name : classes) {
      wide = wide.add("probability_" + name, DataTypes.DoubleType);
    }
    return wide;
  }

  private StructType numbers(StructType schema) {
    StructType wide = schema;
    for (int output = 0; output < outputs; output++) {
      wide = wide.add("prediction_" + output, DataTypes.DoubleType);
    }
    return wide;
  }

  /** One row of the result from one of the source and the network's outputs for it. */
  Row row(Row source, double[] output) {
    List<Object> cells = new ArrayList<>();
    if (files) {
      cells.add(ScoringRows.file(source));
    }
    for (String name : kept) {
      cells.add(source.getAs(name));
    }
    if (!classes.isEmpty()) {
      cells.add(classes.get(largest(output)));
    }
    if (!classes.isEmpty() && arrays) {
      cells.add(output);
    } else {
      for (double number : output) {
        cells.add(number);
      }
    }
    return RowFactory.create(cells.toArray());
  }

  private static int largest(double[] numbers) {
    int at = 0;
    for (int i = 1; i < numbers.length; i++) {
      at = numbers[i] > numbers[at] ? i : at;
    }
    return at;
  }
}
