package io.evenstep.driver.ml.score;

import io.evenstep.driver.score.Outputs;
import io.evenstep.model.decision.Decision;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The cells that scoring adds to a row, in this order.
 *
 * @param outputs the network's outputs, as a vector
 * @param prediction the index of the predicted class where {@code isClass}, else the first output
 * @param decision how probabilities become a class
 */
public record OutputCells(boolean outputs, boolean prediction, boolean isClass, Decision decision)
    implements Serializable {
  public boolean none() {
    return !outputs && !prediction;
  }

  /** A row of a dataset with these cells, of the first output, behind its own. */
  Row row(Row source, List<double[][]> given, int at) {
    double[] first = given.get(0)[at];
    double[] numbers = isClass ? decision.calibrated(Outputs.byClass(first)) : first;
    int own = source.size();
    Object[] cells = new Object[own + (outputs ? 1 : 0) + (prediction ? 1 : 0)];
    for (int i = 0; i < own; i++) {
      cells[i] = source.get(i);
    }
    DenseVector vector = new DenseVector(numbers);
    if (outputs) {
      cells[own] = vector;
    }
    if (prediction) {
      cells[cells.length - 1] = isClass ? (double) decision.classOf(numbers) : numbers[0];
    }
    return RowFactory.create(cells);
  }
}
