package io.evenstep.driver.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's transform keeps the metadata of a dataset's columns. */
class MetadataTest {
  private static EvenstepClassificationModel model;
  private static Dataset<Row> rows;

  @TempDir private Path folder;

  /** Points with a class name and with vectors from an assembler. */
  @BeforeAll
  static void train() {
    Dataset<Row> named =
        MlData.points(40).withColumn("kind", when(col("label").equalTo(0), "low").otherwise("up"));
    rows =
        new VectorAssembler()
            .setInputCols(new String[] {"id", "importance", "id"})
            .setOutputCol("assembled")
            .transform(named);
    model = new EvenstepClassifier().setEpochs(1).setBatch(8).fit(rows);
  }

  @Test
  void namesOfClassesServeIndexToStringAfterTransform() {
    StringIndexerModel indexer =
        new StringIndexer().setInputCol("kind").setOutputCol("index").fit(rows);
    Dataset<Row> scored = model.transform(indexer.transform(rows));

    Dataset<Row> named =
        new IndexToString().setInputCol("index").setOutputCol("again").transform(scored);
    assertThat(named.filter(col("again").notEqual(col("kind"))).count()).isZero();
    new IndexToString()
        .setInputCol("prediction")
        .setLabels(indexer.labelsArray()[0])
        .setOutputCol("said")
        .transform(named)
        .select("said")
        .collectAsList()
        .forEach(row -> assertThat(row.getString(0)).isIn("low", "up"));
  }

  /** With all columns that a model adds, with some of them, and for a regression. */
  @Test
  void everyColumnKeepsItsMetadata() {
    EvenstepRegressionModel numbers =
        new EvenstepRegressor().setEpochs(1).setBatch(8).fit(MlData.points(8));
    List<Dataset<Row>> scored =
        List.of(
            model.transform(rows),
            model.copy(model.extractParamMap()).setRawPredictionCol("").transform(rows),
            model.copy(model.extractParamMap()).setPredictionCol("").transform(rows),
            numbers.transform(rows));
    for (Dataset<Row> each : scored) {
      for (StructField field : rows.schema().fields()) {
        assertThat(each.schema().apply(field.name()).metadata())
            .as(field.name())
            .isEqualTo(field.metadata());
      }
      AttributeGroup vectors = AttributeGroup.fromStructField(each.schema().apply("assembled"));
      assertThat(vectors.size()).isEqualTo(3);
      assertThat(vectors.getAttr(1).name().get()).isEqualTo("importance");
    }
  }

  /** Two seconds apart, in windows of ten: the last one stays open, as the watermark demands. */
  @Test
  void aWatermarkBeforeTransformLetsAStreamAppendAfterIt() throws Exception {
    SparkSession session = SparkTest.session().newSession();
    session.conf().set("spark.sql.shuffle.partitions", 1);
    String file = folder.resolve("rows").toString();
    rows.withColumn("time", timestamp_seconds(col("id").multiply(lit(2)))).write().parquet(file);
    StructType schema = session.read().parquet(file).schema();

    Dataset<Row> stream =
        session.readStream().schema(schema).parquet(file).withWatermark("time", "1 second");
    Dataset<Row> counts =
        model.transform(stream).groupBy(window(col("time"), "10 seconds")).count();
    StreamingQuery query =
        counts
            .writeStream()
            .outputMode("append")
            .format("memory")
            .queryName("counts")
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .start();
    assertThat(query.awaitTermination(60_000)).isTrue();
    List<Row> counted = session.table("counts").select("count").collectAsList();
    assertThat(counted).hasSize(7).allSatisfy(row -> assertThat(row.getLong(0)).isEqualTo(5));
  }

  /** Like Spark ML's own models: nothing is replaced. */
  @Test
  void aColumnThatIsThereAlreadyIsNamedWithTheRemedy() {
    Dataset<Row> scored = model.transform(rows);
    assertRefused(scored, "rawPredictionCol", "rawPrediction");
    assertRefused(scored.drop("rawPrediction"), "probabilityCol", "probability");
    assertRefused(scored.drop("rawPrediction", "probability"), "predictionCol", "prediction");
    assertRefused(
        rows.withColumn("Prediction", lit(null).cast(DataTypes.DoubleType)),
        "predictionCol",
        "Prediction");
    assertThat(model.transform(scored.drop("rawPrediction", "probability", "prediction")).columns())
        .isEqualTo(scored.columns());
  }

  private static void assertRefused(Dataset<Row> scored, String param, String column) {
    assertThatThrownBy(() -> model.transform(scored))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid "
                + param
                + ": must not name an existing column (drop or rename that column, choose another"
                + " name, or set it to empty for no column), got "
                + column);
  }
}
