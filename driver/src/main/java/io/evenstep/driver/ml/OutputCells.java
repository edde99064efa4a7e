package io.evenstep.driver.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Which cells scoring adds to a row, in this order.
 *
 * @param rawPrediction the network's outputs, as a vector
 * @param probability the same, as the probabilities of the classes
 * @param prediction the likeliest class's index where {@code isClass}, else the first output
 */
record OutputCells(boolean rawPrediction, boolean probability, boolean prediction, boolean isClass)
    implements Serializable {
  boolean none() {
    return !rawPrediction && !probability && !prediction;
  }

  /** A row of a dataset with these cells behind its own. */
  Row row(Row source, double[] outputs) {
    int own = source.size();
    Object[] cells =
        new Object[own + count(rawPrediction) + count(probability) + count(prediction)];
    for (int i = 0; i < own; i++) {
      cells[i] = source.get(i);
    }
    int at = own;
    if (rawPrediction) {
      cells[at++] = new DenseVector(outputs);
    }
    if (probability) {
      cells[at++] = new DenseVector(outputs);
    }
    if (prediction) {
      cells[at] = isClass ? (double) new DenseVector(outputs).argmax() : outputs[0];
    }
    return RowFactory.create(cells);
  }

  private static int count(boolean cell) {
    return cell ? 1 : 0;
  }
}
