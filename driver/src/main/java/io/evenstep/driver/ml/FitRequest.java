package io.evenstep.driver.ml;

import io.evenstep.driver.ml.score.RowRules;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/**
 * The columns and the run id of a fit.
 *
 * @param runId of the run's folder
 * @param features column of vectors
 * @param label column of numbers
 * @param weight column of weights of the rows' losses
 * @param validationIndicator column that is true for validation rows
 * @param isClassification whether labels are indexes of classes
 * @param tuning Spark ML's tuning that this fit is part of
 */
record FitRequest(
    String runId,
    String features,
    String label,
    Optional<String> weight,
    Optional<String> validationIndicator,
    boolean isClassification,
    Optional<String> tuning) {
  private static final int MOST_CLASSES = 10_000;

  /** The rules that the dataset's rows must meet, from its metadata or from its rows. */
  RowRules rules(Dataset<Row> rows) {
    return new RowRules(
        features, size(rows), label, isClassification ? classes(rows) : 0, weight.orElse(""));
  }

  private int size(Dataset<Row> rows) {
    int known = AttributeGroup.fromStructField(rows.schema().apply(features)).size();
    if (known > 0) {
      return known;
    }
    Dataset<Row> vectors = rows.select(TrainingRows.quoted(features)).na().drop();
    int first =
        vectors.takeAsList(1).stream()
            .map(row -> row.<Vector>getAs(0).size())
            .findFirst()
            .orElseThrow(() -> noVectors(rows));
    if (first == 0) {
      throw new DataException("Cannot fit: vectors in column " + features + " are empty");
    }
    return first;
  }

  private DataException noVectors(Dataset<Row> rows) {
    return new DataException(
        rows.isEmpty()
            ? "Cannot fit: the dataset has no rows"
            : "Cannot fit: column " + features + " is null in every row");
  }

  private int classes(Dataset<Row> rows) {
    int known = knownClasses(rows.schema().apply(label));
    return Math.max(2, known > 0 ? known : largestIndex(rows) + 1);
  }

  private static int knownClasses(StructField label) {
    Attribute attribute = Attribute.fromStructField(label);
    if (attribute instanceof NominalAttribute nominal && nominal.getNumValues().isDefined()) {
      return (int) nominal.getNumValues().get();
    }
    return attribute instanceof BinaryAttribute ? 2 : 0;
  }

  private int largestIndex(Dataset<Row> rows) {
    Row largest = rows.agg(functions.max(TrainingRows.quoted(label).cast("double"))).first();
    double index = largest.isNullAt(0) ? 0 : largest.getDouble(0);
    if (Double.isNaN(index) || index >= MOST_CLASSES) {
      throw new ConfigException(
          "labelCol", "must contain class indexes below " + MOST_CLASSES, index);
    }
    return (int) Math.max(0, index);
  }
}
