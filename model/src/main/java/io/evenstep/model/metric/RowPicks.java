package io.evenstep.model.metric;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.data.Scaling;
import io.evenstep.model.decision.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Chooses a bounded number of evaluated rows for a person to look at: those with the largest
 * errors, and, when numbers are predicted, a sample of all. The choice depends on the rows only,
 * not on which worker evaluates which. Looks at one output of a network. Belongs to one thread.
 */
public final class RowPicks {
  /** Limit on the rows with the largest errors. */
  public static final int WRONG = 24;

  /** Limit on the sample of all rows. */
  public static final int SAMPLE = 1_000;

  /** Most features of a row for which they are kept. */
  private static final int MOST_FEATURES = 3_072;

  private static final Comparator<PickedRow> MOST_WRONG_FIRST =
      Comparator.comparingDouble(PickedRow::score).reversed().thenComparingLong(PickedRow::row);
  private static final Comparator<PickedRow> AT_RANDOM =
      Comparator.comparingLong((PickedRow row) -> SplitMix64.mix(row.row()))
          .thenComparingLong(PickedRow::row);

  private final int classes;
  private final Decision decision;
  private final Scaling scaling; // of the numbers of labels and predictions
  private final int outputIndex;
  private final PriorityQueue<PickedRow> wrong = new PriorityQueue<>(MOST_WRONG_FIRST.reversed());
  private final PriorityQueue<PickedRow> sample = new PriorityQueue<>(AT_RANDOM.reversed());

  private RowPicks(int classes, Decision decision, Scaling scaling, int output) {
    this.classes = classes;
    this.decision = decision;
    this.scaling = scaling;
    this.outputIndex = output;
  }

  /** For rows that each have one of several classes. */
  static RowPicks classification(int classes) {
    return new RowPicks(classes, Decision.USUAL, Scaling.NONE, 0);
  }

  /**
   * For the rows of an evaluation.
   *
   * @param output index of the network's output that it evaluates, from 0
   */
  public static RowPicks of(ClassificationEvaluation evaluation, int output) {
    return new RowPicks(evaluation.classes(), evaluation.decision(), Scaling.NONE, output);
  }

  /**
   * For the rows of an evaluation, with numbers in the units of the source; looks at the first of
   * several.
   *
   * @param output index of the network's output that it evaluates, from 0
   */
  public static RowPicks of(RegressionEvaluation evaluation, int output) {
    return new RowPicks(0, Decision.USUAL, evaluation.scaling(), output);
  }

  /**
   * For rows of numbers as the network gives them; looks at the first of several.
   *
   * @param output index of the network's output, from 0
   */
  public static RowPicks regression(int output) {
    return new RowPicks(0, Decision.USUAL, Scaling.NONE, output);
  }

  /**
   * Looks at some rows.
   *
   * @param firstRow index of the first of them in the split
   */
  public void add(long firstRow, MiniBatch batch, Predictions predictions) {
    INDArray labels = batch.labels().get(outputIndex);
    INDArray outputs = predictions.outputs().get(outputIndex);
    if (labels.rank() != 2 || outputs.rank() != 2) {
      return; // each row has a sequence of labels
    }
    float[][] label = labels.toFloatMatrix();
    float[][] output = outputs.toFloatMatrix();
    for (int i = 0; i < label.length; i++) {
      if (classes > 0) {
        addClass(firstRow + i, batch, i, label[i], output[i]);
      } else {
        addNumber(firstRow + i, batch, i, label[i][0], output[i][0]);
      }
    }
  }

  private void addClass(long row, MiniBatch batch, int place, float[] label, float[] output) {
    int actual = Decision.USUAL.classOf(EvaluatedRows.byClass(label, classes));
    double[] probabilities = decision.calibrated(EvaluatedRows.byClass(output, classes));
    int predicted = decision.classOf(probabilities);
    if (actual != predicted) {
      double probability = probabilities[predicted];
      addWrong(new PickedRow(row, actual, predicted, probability, List.of()), batch, place);
    }
  }

  private void addNumber(long row, MiniBatch batch, int place, float label, float output) {
    double actual = scaling.undone(0, label);
    double predicted = scaling.undone(0, output);
    double error = Math.abs(predicted - actual);
    PickedRow picked = new PickedRow(row, actual, predicted, error, List.of());
    addWrong(picked, batch, place);
    keep(sample, picked, SAMPLE);
  }

  private void addWrong(PickedRow picked, MiniBatch batch, int place) {
    boolean isWanted = wrong.size() < WRONG || MOST_WRONG_FIRST.compare(picked, wrong.peek()) < 0;
    if (isWanted) {
      keep(
          wrong,
          new PickedRow(
              picked.row(),
              picked.actual(),
              picked.predicted(),
              picked.score(),
              features(batch, place)),
          WRONG);
    }
  }

  private static void keep(PriorityQueue<PickedRow> rows, PickedRow row, int most) {
    rows.add(row);
    if (rows.size() > most) {
      rows.remove();
    }
  }

  private static List<Float> features(MiniBatch batch, int place) {
    INDArray features = batch.features().get(0);
    long length = features.length() / batch.rows();
    if (length > MOST_FEATURES) {
      return List.of();
    }
    float[] numbers = features.slice(place).dup('c').reshape(length).toFloatVector();
    return IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList();
  }

  /** The rows with the largest errors, worst first. */
  public List<PickedRow> wrong() {
    return wrong.stream().sorted(MOST_WRONG_FIRST).toList();
  }

  /** The sample of all rows, by index. */
  public List<PickedRow> sample() {
    return sample.stream().sorted(Comparator.comparingLong(PickedRow::row)).toList();
  }

  /** The rows with the largest errors in several choices from different rows. */
  public static List<PickedRow> worst(List<List<PickedRow>> choices) {
    return first(choices, MOST_WRONG_FIRST, WRONG);
  }

  /** A sample of several samples of different rows. */
  public static List<PickedRow> sampled(List<List<PickedRow>> choices) {
    List<PickedRow> chosen = new ArrayList<>(first(choices, AT_RANDOM, SAMPLE));
    chosen.sort(Comparator.comparingLong(PickedRow::row));
    return chosen;
  }

  private static List<PickedRow> first(
      List<List<PickedRow>> choices, Comparator<PickedRow> order, int most) {
    return choices.stream().flatMap(List::stream).sorted(order).limit(most).toList();
  }
}
