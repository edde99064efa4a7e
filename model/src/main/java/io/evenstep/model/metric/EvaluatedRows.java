package io.evenstep.model.metric;

import io.evenstep.model.DivergedException;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Converts arrays to rows of numbers, and checks them. */
final class EvaluatedRows {
  private EvaluatedRows() {}

  /**
   * @return [rows][columns]
   * @throws IllegalArgumentException when it is not a matrix
   */
  static float[][] of(INDArray array) {
    if (array.rank() != 2) {
      throw new IllegalArgumentException(
          "Invalid array: must be [rows, n], got " + array.shapeInfoToString());
    }
    return array.toFloatMatrix();
  }

  static void requireSameShape(INDArray labels, INDArray predictions) {
    if (!java.util.Arrays.equals(labels.shape(), predictions.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid predictions: must have the shape of the labels %s, got %s",
              Arrays.toString(labels.shape()),
              Arrays.toString(predictions.shape())));
    }
  }

  /**
   * The probabilities of a row by class. With two classes one number is enough: the probability of
   * the second.
   */
  static double[] byClass(float[] row, int classes) {
    float[] whole = row.length == 1 && classes == 2 ? new float[] {1 - row[0], row[0]} : row;
    if (whole.length != classes) {
      throw new IllegalArgumentException(
          "Invalid row: must have " + classes + " classes, got " + whole.length);
    }
    double[] wide = new double[classes];
    for (int i = 0; i < classes; i++) {
      wide[i] = finite(whole[i]);
    }
    return wide;
  }

  static float finite(float prediction) {
    if (!Float.isFinite(prediction)) {
      throw new DivergedException(
          "Cannot evaluate: a prediction must be a finite number, got " + prediction);
    }
    return prediction;
  }
}
