package io.evenstep.model.metric;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.decision.TemperatureFit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How well predictions match labels, over the rows of all workers.
 *
 * <p>Counts are whole numbers and sums are not rounded, so that the same predictions give the same
 * bits, however rows are spread over workers and in whatever order parts are merged. (A row's
 * prediction itself depends on how many rows go through the network at once.) Belongs to one
 * thread.
 */
public sealed interface Evaluation
    permits ClassificationEvaluation,
        RegressionEvaluation,
        TokenEvaluation,
        ReconstructionEvaluation {
  /**
   * For one of several classes per row: accuracy, macro precision, recall and F1, Matthews'
   * correlation, log loss, calibration error, areas under the ROC and precision-recall curves.
   *
   * @param classes at least 2
   */
  static ClassificationEvaluation classification(int classes) {
    return classification(classes, Decision.USUAL);
  }

  /**
   * For one of several classes per row, of probabilities that are calibrated first.
   *
   * @param classes at least 2
   * @param decision how probabilities become a predicted class
   */
  static ClassificationEvaluation classification(int classes, Decision decision) {
    return new ClassificationEvaluation(classes, decision, Optional.empty());
  }

  /**
   * For one of several classes per row, to learn from these rows how to decide; see {@link
   * ClassificationEvaluation#learned}.
   *
   * @param classes at least 2
   * @param plan what to learn
   */
  static ClassificationEvaluation learning(int classes, DecisionPlan plan) {
    Optional<TemperatureFit> fit =
        plan.calibrates() ? Optional.of(new TemperatureFit(classes)) : Optional.empty();
    return new ClassificationEvaluation(classes, Decision.USUAL, fit);
  }

  /**
   * For numbers: mean squared, absolute and relative error and R2, each averaged over outputs.
   *
   * @param outputs numbers per row, at least 1
   */
  static RegressionEvaluation regression(int outputs) {
    return regression(outputs, Scaling.NONE);
  }

  /**
   * For numbers that were scaled for training: the figures are in the original units, but the loss
   * is the one that training minimises.
   *
   * @param outputs numbers per row, at least 1
   * @param scaling a pair for each output, or none
   */
  static RegressionEvaluation regression(int outputs, Scaling scaling) {
    return new RegressionEvaluation(outputs, scaling);
  }

  /**
   * For an input that the network gives back: the errors of {@link #regression}, and those of the
   * input that the network saw.
   *
   * @param outputs numbers per row, at least 1
   */
  static Evaluation reconstruction(int outputs) {
    return new ReconstructionEvaluation(
        new RegressionEvaluation(outputs, Scaling.NONE),
        new RegressionEvaluation(outputs, Scaling.NONE));
  }

  /**
   * For the next token at each step: loss, accuracy, perplexity, bits per character. Steps without
   * a token do not count.
   *
   * @param vocabulary the tokens in the order of the labels, at least 2
   */
  static TokenEvaluation tokens(TokenRecipe.Unit unit, List<String> vocabulary) {
    return TokenEvaluation.of(unit, vocabulary);
  }

  /**
   * Adds rows.
   *
   * @param labels [rows, n]
   * @param predictions [rows, n], as the network gives them
   * @throws io.evenstep.model.DivergedException when a prediction is not a finite number
   */
  void add(INDArray labels, INDArray predictions);

  /**
   * Adds a network's predictions for some rows.
   *
   * @param output index of the network's output to evaluate, from 0
   */
  default void add(MiniBatch rows, Predictions predictions, int output) {
    add(rows.labels().get(output), predictions.outputs().get(output));
  }

  /**
   * Adds the loss of rows given to {@link #add}, when it is not the task's default loss. To be
   * called for all rows or for none.
   *
   * @param sum over those rows
   */
  void addLoss(double sum);

  /**
   * Adds another part, which does not change.
   *
   * @throws IllegalArgumentException when it has another kind or size
   */
  void merge(Evaluation part);

  /** How many rows were added. */
  long rows();

  /**
   * The figures by {@code prefix.name}: {@code loss} first, then {@code accuracy, precision,
   * recall, f1, auc, logLoss, ece} or {@code mse, rmse, mae, r2}. A figure that is not defined for
   * these rows is left out; without rows, all are.
   *
   * @param prefix such as {@code test}
   */
  LinkedHashMap<String, Double> metrics(String prefix);

  /**
   * The confusion matrix: how many rows, by [actual class][predicted class]. Empty when there are
   * no classes, or too many.
   */
  default List<List<Long>> confusion() {
    return List.of();
  }

  /** This evaluation as bytes, for {@link #fromBytes}. */
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
   * Reads the result of {@link #toBytes}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static Evaluation fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte kind = in.readByte();
      return switch (kind) {
        case ClassificationEvaluation.TAG -> ClassificationEvaluation.read(in);
        case RegressionEvaluation.TAG -> RegressionEvaluation.read(in);
        case ReconstructionEvaluation.TAG -> ReconstructionEvaluation.read(in);
        case TokenEvaluation.TAG -> TokenEvaluation.read(in);
        default -> throw new IOException("unknown kind " + kind);
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read an evaluation: " + e.getMessage(), e);
    }
  }

  /** Writes the kind's tag and the content. */
  void write(DataOutputStream out) throws IOException;
}
