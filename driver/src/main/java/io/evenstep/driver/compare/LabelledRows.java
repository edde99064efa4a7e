package io.evenstep.driver.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as numbers, each with the index of its class. */
final class LabelledRows {
  static final String FEATURES = "features";
  static final String LABEL = "label";
  static final String VALIDATES = "validates";

  private final List<double[]> features;
  private final List<Integer> labels;
  private final int classes;

  /**
   * Keeps the arrays.
   *
   * @param features one array a row, all of one length
   * @param labels as many, each from 0 to {@code classes - 1}
   */
  LabelledRows(List<double[]> features, List<Integer> labels, int classes) {
    this.features = List.copyOf(features);
    this.labels = List.copyOf(labels);
    this.classes = classes;
  }

  int size() {
    return features.size();
  }

  int classes() {
    return classes;
  }

  double[] features(int row) {
    return features.get(row);
  }

  int label(int row) {
    return labels.get(row);
  }

  List<double[]> allFeatures() {
    return features;
  }

  /** The rows whose index passes. */
  LabelledRows where(IntPredicate index) {
    List<double[]> some = new ArrayList<>();
    List<Integer> theirs = new ArrayList<>();
    IntStream.range(0, size())
        .filter(index)
        .forEach(
            row -> {
              some.add(features.get(row));
              theirs.add(labels.get(row));
            });
    return new LabelledRows(some, theirs, classes);
  }

  /** Rows that carry their features changed. */
  LabelledRows with(List<double[]> others) {
    return new LabelledRows(others, labels, classes);
  }

  /** These rows, then {@code validation} rows, as Spark ML takes them. */
  Dataset<Row> dataset(SparkSession spark, LabelledRows validation) {
    List<Row> rows = new ArrayList<>();
    addTo(rows, false);
    validation.addTo(rows, true);
    Metadata known =
        NominalAttribute.defaultAttr().withName(LABEL).withNumValues(classes).toMetadata();
    StructType schema =
        new StructType(
            new StructField[] {
              new StructField(FEATURES, SQLDataTypes.VectorType(), false, Metadata.empty()),
              new StructField(LABEL, DataTypes.DoubleType, false, known),
              new StructField(VALIDATES, DataTypes.BooleanType, false, Metadata.empty())
            });
    return spark.createDataFrame(rows, schema);
  }

  /** These rows as Spark ML takes them. */
  Dataset<Row> dataset(SparkSession spark) {
    return dataset(spark, new LabelledRows(List.of(), List.of(), classes));
  }

  private void addTo(List<Row> rows, boolean validates) {
    for (int i = 0; i < size(); i++) {
      rows.add(
          RowFactory.create(Vectors.dense(features.get(i)), (double) labels.get(i), validates));
    }
  }
}
