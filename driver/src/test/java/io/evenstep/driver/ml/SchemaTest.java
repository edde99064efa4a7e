package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** A pipeline reports problems with its columns before doing any work. */
class SchemaTest {
  private static final StructType ROWS =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.IntegerType);

  @Test
  void gainsTheColumnsThatAreWanted() {
    assertThat(new EvenstepClassifier().transformSchema(ROWS).fieldNames())
        .containsExactly("text", "features", "label", "rawPrediction", "probability", "prediction");
    assertThat(
            new EvenstepClassifier()
                .setRawPredictionCol("")
                .setProbabilityCol("p")
                .transformSchema(ROWS)
                .fieldNames())
        .containsExactly("text", "features", "label", "p", "prediction");
    assertThat(new EvenstepRegressor().transformSchema(ROWS).apply("prediction").dataType())
        .isEqualTo(DataTypes.DoubleType);
  }

  @Test
  void mustHaveTheColumns() {
    refused(
        new EvenstepClassifier().setFeaturesCol("pixels"),
        "Invalid featuresCol: must name one of the columns text, features, label, got pixels");
    refused(
        new EvenstepClassifier().setLabelCol("digit"),
        "Invalid labelCol: must name one of the columns text, features, label, got digit");
    refused(
        new EvenstepRegressor().setValidationIndicatorCol("held"),
        "Invalid validationIndicatorCol: must name one of the columns text, features, label, got"
            + " held");
  }

  @Test
  void mustHaveColumnsOfTheRightType() {
    refused(
        new EvenstepClassifier().setFeaturesCol("label"),
        "Invalid featuresCol: must name a column of vectors, got label, which is of int");
    refused(
        new EvenstepClassifier().setLabelCol("text"),
        "Invalid labelCol: must name a column of numbers, got text, which is of string");
    refused(
        new EvenstepClassifier().setValidationIndicatorCol("label"),
        "Invalid validationIndicatorCol: must name a column of booleans, got label, which is"
            + " of int");
  }

  @Test
  void mustNotHaveTheNewColumnsYet() {
    refused(
        new EvenstepRegressor().setPredictionCol("text"),
        "Invalid predictionCol: must not name an existing column (drop or rename that column,"
            + " choose another name, or set it to empty for no column), got text");
    refused(
        new EvenstepClassifier().setProbabilityCol("prediction"),
        "Invalid predictionCol: must not name an existing column (drop or rename that column,"
            + " choose another name, or set it to empty for no column), got prediction");
  }

  private static void refused(EvenstepEstimator<?, ?> estimator, String message) {
    assertThatThrownBy(() -> estimator.transformSchema(ROWS))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
