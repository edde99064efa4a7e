package io.evenstep.driver.ml.score;

import io.evenstep.model.DataException;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rules for each training row. Packing checks the same rules but does not know the dataset's
 * original row order. This class finds the refused rows again in order to name them.
 *
 * @param features column
 * @param size of each vector
 * @param label column
 * @param classes number of classes; 0 when labels are numbers
 * @param weight column; empty when there are no weights
 */
public record RowRules(String features, int size, String label, int classes, String weight)
    implements Serializable {
  private static final int MOST = 5;

  /**
   * Finds rows that break a rule.
   *
   * @throws DataException naming the first such rows, one per line
   */
  public void require(Dataset<Row> rows) {
    List<String> problems =
        rows.toJavaRDD().mapPartitionsWithIndex(this::problems, true).take(MOST);
    if (!problems.isEmpty()) {
      throw new DataException(String.join("\n", problems));
    }
  }

  private Iterator<String> problems(int partition, Iterator<Row> rows) {
    List<String> problems = new ArrayList<>();
    double[] numbers = new double[size];
    for (long index = 0; rows.hasNext() && problems.size() < MOST; index++) {
      Row row = rows.next();
      try {
        check(row, numbers);
      } catch (InvalidValueException e) {
        problems.add(message(RowName.of(partition, index, row), e));
      }
    }
    return problems.iterator();
  }

  /** The message about a row that breaks a rule. */
  static String message(String row, InvalidValueException problem) {
    return "Invalid data in " + row + ", column " + problem.column() + ": " + problem.text();
  }

  private void check(Row row, double[] numbers) throws InvalidValueException {
    try {
      Vector vector = (Vector) given(row.getAs(features));
      CellValues.numbers(vector.toArray(), numbers, 0, size);
    } catch (InvalidValueException e) {
      throw e.in(features);
    }
    try {
      checkLabel(given(row.getAs(label)));
    } catch (InvalidValueException e) {
      throw e.in(label);
    }
    if (!weight.isEmpty()) {
      checkWeight(row);
    }
  }

  private void checkWeight(Row row) throws InvalidValueException {
    try {
      var unused = CellValues.weight(given(row.getAs(weight)));
    } catch (InvalidValueException e) {
      throw e.in(weight);
    }
  }

  private void checkLabel(Object value) throws InvalidValueException {
    double number = CellValues.number(value);
    boolean isIndex = number == (int) number && number >= 0 && number < classes;
    if (classes > 0 && !isIndex) {
      throw new InvalidValueException("must be a whole number from 0 to " + (classes - 1), value);
    }
  }

  private static Object given(@Nullable Object value) throws InvalidValueException {
    if (value == null) {
      throw new InvalidValueException("must not be missing", "nothing");
    }
    return value;
  }
}
