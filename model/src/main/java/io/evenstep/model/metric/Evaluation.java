package io.evenstep.model.metric;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.data.Scaling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How well predictions meet labels, over rows that many workers have seen.
 *
 * <p>Counts are whole numbers and sums are kept without rounding, so that the same predictions give
 * the same bits however rows are dealt out and in whatever order parts are merged. (A row's
 * prediction itself depends on how many rows go through the network at once.) Belongs to one
 * thread.
 */
public sealed interface Evaluation permits ClassificationEvaluation, RegressionEvaluation {
  /**
   * One of several classes a row: accuracy, macro precision, recall and F1, Matthews' correlation,
   * log loss, areas under the curves of ROC and of precision by recall.
   *
   * @param classes at least 2
   */
  static ClassificationEvaluation classification(int classes) {
    return new ClassificationEvaluation(classes);
  }

  /**
   * Numbers: mean squared, absolute and relative error and R2, each the mean over outputs.
   *
   * @param outputs numbers a row, at least 1
   */
  static RegressionEvaluation regression(int outputs) {
    return regression(outputs, Scaling.NONE);
  }

  /**
   * Numbers that were brought to scale for training: figures are of the numbers themselves, but the
   * loss is what training makes small.
   *
   * @param outputs numbers a row, at least 1
   * @param scaling a pair for each output, or none
   */
  static RegressionEvaluation regression(int outputs, Scaling scaling) {
    return new RegressionEvaluation(outputs, scaling);
  }

  /**
   * Takes in some rows.
   *
   * @param labels [rows, n]
   * @param predictions [rows, n], as the network gives them
   * @throws io.evenstep.model.DivergedException when a prediction is not a finite number
   */
  void add(INDArray labels, INDArray predictions);

  /**
   * Takes in what a network says of some rows.
   *
   * @param output which of the network's outputs is evaluated, from 0
   */
  default void add(MiniBatch rows, Predictions predictions, int output) {
    add(rows.labels().get(output), predictions.outputs().get(output));
  }

  /**
   * Takes in the loss of rows given to {@link #add}, where it is another one than the usual of the
   * task. Either for all rows or for none.
   *
   * @param sum over those rows
   */
  void addLoss(double sum);

  /**
   * Takes in another part, which stays as it is.
   *
   * @throws IllegalArgumentException when it is of another kind or size
   */
  void merge(Evaluation part);

  /** Rows taken in. */
  long rows();

  /**
   * The figures, each under {@code prefix.name}: {@code loss} first, then {@code accuracy,
   * precision, recall, f1, auc, logLoss} or {@code mse, rmse, mae, r2}. One that is not defined for
   * these rows is left out; without rows all are.
   *
   * @param prefix such as {@code test}
   */
  LinkedHashMap<String, Double> metrics(String prefix);

  /**
   * How many rows of each class were predicted to be of each: [actual class][predicted class].
   * Empty where there are no classes, or too many to keep it.
   */
  default List<List<Long>> confusion() {
    return List.of();
  }

  /** Everything, for {@link #fromBytes}. */
  default byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * What {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static Evaluation fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte kind = in.readByte();
      return switch (kind) {
        case ClassificationEvaluation.TAG -> ClassificationEvaluation.read(in);
        case RegressionEvaluation.TAG -> RegressionEvaluation.read(in);
        default -> throw new IOException("unknown kind " + kind);
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read an evaluation: " + e.getMessage(), e);
    }
  }

  /** Writes the kind's tag and all it holds. */
  void write(DataOutputStream out) throws IOException;
}
