package io.evenstep.driver.stage;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.Network;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network says of rows, as plain numbers. */
public final class Outputs {
  private Outputs() {}

  /**
   * The first output for each row of a batch. ND4J's own {@code toDoubleMatrix} runs a native
   * operation a row; this runs one a batch.
   *
   * @return [rows][outputs]
   */
  public static double[][] of(Network network, MiniBatch batch) {
    INDArray output = network.predict(batch).get(0); // [rows, outputs], in any order
    INDArray byRows = output.dup('c');
    float[] numbers = byRows.data().asFloat();
    byRows.close();
    output.close();
    int width = numbers.length / batch.rows();
    double[][] rows = new double[batch.rows()][width];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < width; i++) {
        rows[row][i] = numbers[row * width + i];
      }
    }
    return rows;
  }
}
