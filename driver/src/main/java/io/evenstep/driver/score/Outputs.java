package io.evenstep.driver.score;

import io.evenstep.model.data.Floats;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's outputs for rows, as plain arrays. */
public final class Outputs {
  private Outputs() {}

  /**
   * The outputs for each row of a batch. ND4J's {@code toDoubleMatrix} runs one native operation
   * per row; this runs one per batch.
   *
   * @return for each output, [rows][numbers]
   */
  public static List<double[][]> of(Scorer network, MiniBatch batch) {
    List<double[][]> outputs = new ArrayList<>();
    try (Predictions predictions = network.predict(batch)) {
      for (INDArray output : predictions.outputs()) { // [rows, numbers], in any order
        outputs.add(numbers(output, batch.rows()));
      }
    }
    return outputs;
  }

  /**
   * Probabilities by class. A network for two classes may output only the probability of the
   * second.
   */
  public static double[] byClass(double[] numbers) {
    return numbers.length == 1 ? new double[] {1 - numbers[0], numbers[0]} : numbers;
  }

  private static double[][] numbers(INDArray output, int rows) {
    INDArray byRows = output.dup('c');
    float[] numbers = new float[Math.toIntExact(byRows.length())];
    Floats.of(byRows).get(numbers);
    byRows.close();
    int width = numbers.length / rows;
    double[][] wide = new double[rows][width];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        wide[row][i] = numbers[row * width + i];
      }
    }
    return wide;
  }
}
