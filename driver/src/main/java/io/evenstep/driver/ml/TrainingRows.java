package io.evenstep.driver.ml;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A dataset's rows as temporary views in a separate session. So any number of fits can run at once,
 * and they leave nothing in the caller's session.
 *
 * @param session a copy of the caller's
 * @param validation whether the view {@link #VALIDATION} exists
 */
record TrainingRows(SparkSession session, boolean validation) {
  static final String TRAINING = "training_rows";
  static final String VALIDATION = "validation_rows";

  /**
   * Creates the views.
   *
   * @param features column, left unchanged
   * @param numbers columns to cast to double
   * @param indicator column that is true for validation rows
   * @throws DataException when it is true for all rows
   */
  static TrainingRows of(
      Dataset<Row> rows, String features, List<String> numbers, Optional<String> indicator) {
    List<Column> columns = new ArrayList<>();
    columns.add(quoted(features).as(features));
    numbers.forEach(number -> columns.add(quoted(number).cast("double").as(number)));
    Column[] kept = columns.toArray(Column[]::new);
    SparkSession session = rows.sparkSession().cloneSession();
    if (indicator.isEmpty()) {
      view(session, TRAINING, rows.select(kept));
      return new TrainingRows(session, false);
    }
    Column validates = coalesce(quoted(indicator.get()), lit(false));
    Dataset<Row> training = rows.filter(not(validates)).select(kept);
    if (training.isEmpty()) {
      throw new DataException(
          "Cannot fit: column "
              + indicator.get()
              + " (validationIndicatorCol) is true in every row, so there are no rows to train on");
    }
    view(session, TRAINING, training);
    view(session, VALIDATION, rows.filter(validates).select(kept));
    return new TrainingRows(session, true);
  }

  /** Whether there is a view of validation rows without any rows. */
  boolean lacksValidation() {
    return validation && session.table(VALIDATION).isEmpty();
  }

  private static void view(SparkSession session, String name, Dataset<Row> rows) {
    Dataset.ofRows(session, rows.logicalPlan()).createOrReplaceTempView(name);
  }

  /** A column by its name, whatever characters the name contains. */
  static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
