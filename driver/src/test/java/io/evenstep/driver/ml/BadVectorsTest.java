package io.evenstep.driver.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** A row that cannot be used is named, in training and in scoring. */
class BadVectorsTest {
  private final Dataset<Row> good = MlData.points(40);

  @Test
  void endAFitThatNamesTheRow() {
    refused(null, 0.0, "column features: must not be missing, got nothing");
    refused(Vectors.dense(1, 2), 0.0, "column features: must hold 3 numbers, got 2");
    refused(Vectors.sparse(4, new int[] {1}, new double[] {1}), 0.0, "must hold 3 numbers, got 4");
    refused(Vectors.dense(1, Double.NaN, 2), 0.0, "column features: must be finite, got NaN");
    refused(Vectors.dense(1, 2, 3), null, "column label: must not be missing, got nothing");
    refused(
        Vectors.dense(1, 2, 3), 0.5, "column label: must be a whole number from 0 to 1, got 0.5");
    refused(
        Vectors.dense(1, 2, 3), -1.0, "column label: must be a whole number from 0 to 1, got -1");
  }

  @Test
  void areFoundByTheirWeightToo() {
    Row light = RowFactory.create(977, Vectors.dense(1, 2, 3), 0.0, false, -0.5);
    refused(light, "column importance: must be at least 0, got -0.5");
  }

  private void refused(Object vector, Object label, String message) {
    refused(MlData.row(977, vector, label), message);
  }

  private void refused(Row bad, String message) {
    Dataset<Row> rows = good.union(MlData.dataset(List.of(bad)));
    EvenstepClassifier classifier =
        new EvenstepClassifier().setWeightCol("importance").setEpochs(1).setBatch(8);
    assertThatThrownBy(() -> classifier.fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Invalid data in row 1 of partition ")
        .hasMessageContaining("(id=977, ")
        .hasMessageContaining(message);
  }

  @Test
  void endATransformThatNamesTheRow() {
    EvenstepClassificationModel model = new EvenstepClassifier().setEpochs(1).setBatch(8).fit(good);
    for (Object vector : new Object[] {null, Vectors.dense(1, 2)}) {
      String rule =
          vector == null ? "must not be missing, got nothing" : "must hold 3 numbers, got 2";
      Row bad = MlData.row(978, vector, 1.0);
      Dataset<Row> rows = good.coalesce(1).union(MlData.dataset(List.of(bad)).coalesce(1));
      assertThatThrownBy(() -> model.transform(rows).collect())
          .hasMessageContaining(
              "Invalid data in row 1 of partition 1 (id=978, label=1.0, held=false,"
                  + " importance=1.0), column features: "
                  + rule);
    }
  }

  /** In terms of Spark ML, because its users know neither views nor keys. */
  @Test
  void areMissedInWordsOfTheDataset() {
    EvenstepClassifier classifier = new EvenstepClassifier().setEpochs(1).setBatch(8);
    cannotFit(classifier, good.filter("false"), "the dataset has no rows");
    cannotFit(
        classifier,
        good.withColumn("features", when(col("id").gt(99), col("features"))),
        "column features is null in every row");
    cannotFit(
        classifier,
        MlData.dataset(List.of(MlData.row(0, Vectors.dense(new double[0]), 0.0))),
        "vectors in column features are empty");
    EvenstepClassifier validating =
        classifier.copy(ParamMap.empty()).setValidationIndicatorCol("held");
    cannotFit(
        validating,
        good.withColumn("held", lit(true)),
        "column held (validationIndicatorCol) is true in every row, so there are no rows to train"
            + " on");
    assertThatThrownBy(
            () ->
                validating
                    .setting("stoppingPatience", 2)
                    .fit(good.withColumn("held", lit(null).cast("boolean"))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid stoppingPatience (training.stopping.patience): must have validation rows:"
                + " validationIndicatorCol must be true in some rows, got none");
    assertThatThrownBy(() -> classifier.setWeightCol("label").fit(good))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Invalid weightCol: must name a different column than labelCol, got label");
  }

  private static void cannotFit(EvenstepClassifier classifier, Dataset<Row> rows, String why) {
    assertThatThrownBy(() -> classifier.fit(rows))
        .isInstanceOf(DataException.class)
        .hasMessage("Cannot fit: " + why);
  }
}
