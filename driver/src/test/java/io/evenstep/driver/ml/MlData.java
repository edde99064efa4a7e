package io.evenstep.driver.ml;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cluster.Built;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Datasets of the tests. */
final class MlData {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType)
          .add("held", DataTypes.BooleanType)
          .add("importance", DataTypes.DoubleType);

  private MlData() {}

  /** The 1,797 digits: 64 columns of pixels and {@code digit}, a text such as {@code d7}. */
  static Dataset<Row> digits() {
    String file = Built.root().resolve("conf/data/digits.csv.gz").toUri().toString();
    Dataset<Row> csv = SparkTest.session().read().option("inferSchema", true).csv(file);
    return csv.withColumn("digit", functions.concat(functions.lit("d"), functions.col("_c64")))
        .drop("_c64");
  }

  /** A map from such columns to classes. */
  static Pipeline digitsPipeline(EvenstepClassifier classifier) {
    String[] pixels = new String[64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = "_c" + i;
    }
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StringIndexer().setInputCol("digit").setOutputCol("label"),
              new VectorAssembler().setInputCols(pixels).setOutputCol("features"),
              classifier
            });
  }

  /** Points around two centres, alternately dense and sparse; every tenth is held out. */
  static Dataset<Row> points(int rows) {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> points = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double label = i % 2;
      double x = (label == 0 ? -1 : 1) + random.nextDouble() - 0.5;
      Vector vector = Vectors.dense(x, 0, random.nextDouble());
      points.add(row(i, i % 3 == 0 ? vector.toSparse() : vector, label));
    }
    return dataset(points);
  }

  /** Points of a smooth function of two numbers. */
  static Dataset<Row> curve(int rows) {
    SplittableRandom random = new SplittableRandom(4);
    List<Row> points = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double x = random.nextDouble() * 2 - 1;
      double y = random.nextDouble() * 2 - 1;
      points.add(row(i, Vectors.dense(x, y), Math.sin(3 * x) + x * y));
    }
    return dataset(points);
  }

  static Row row(int id, Object vector, Object label) {
    return RowFactory.create(id, vector, label, id % 10 == 0, 1.0);
  }

  static Dataset<Row> dataset(List<Row> rows) {
    return SparkTest.session().createDataFrame(rows, SCHEMA).repartition(2, functions.col("id"));
  }
}
