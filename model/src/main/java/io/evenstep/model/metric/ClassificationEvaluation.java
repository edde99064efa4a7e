package io.evenstep.model.metric;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Evaluation} of rows that each have one class. */
public final class ClassificationEvaluation implements Evaluation {
  /**
   * The most classes for which the confusion matrix and the areas under the ROC curves are
   * computed.
   */
  public static final int DETAILED_CLASSES = 256;

  /** Most classes that have a curve. */
  public static final int CURVES = 20;

  static final byte TAG = 1;

  private static final int CURVE_POINTS = 100;
  private static final int CALIBRATION_BINS = 10;

  /** DL4J's cross entropy raises probabilities to at least this. */
  private static final double LEAST_PROBABILITY = 1e-10;

  /** How far above 1 a probability of float32 can come out. */
  private static final float ROUNDING = 1e-5f;

  private final int classes;
  private final boolean detailed;
  private final long[] actual; // rows of each class
  private final long[] called; // rows predicted to be of each class
  private final long[] right;
  private final long[] confusion; // actual * classes + predicted
  private final List<Ranking> rankings;
  private ExactSum logLoss = new ExactSum();
  private boolean hasScores; // a prediction was outside 0 to 1, so it is no probability
  private Optional<ExactSum> loss = Optional.empty();

  ClassificationEvaluation(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException("Invalid classes: must be at least 2, got " + classes);
    }
    this.classes = classes;
    this.detailed = classes <= DETAILED_CLASSES;
    this.actual = new long[classes];
    this.called = new long[classes];
    this.right = new long[classes];
    this.confusion = new long[detailed ? classes * classes : 0];
    this.rankings = new ArrayList<>();
    for (int i = 0; detailed && i < classes; i++) {
      rankings.add(new Ranking());
    }
  }

  /**
   * {@inheritDoc} The class of a row is the index of its largest entry, both in labels and
   * predictions; of equal ones, the first. With two classes one column is enough: the probability
   * of the second.
   */
  @Override
  public void add(INDArray labels, INDArray predictions) {
    EvaluatedRows.requireSameShape(labels, predictions);
    float[][] label = EvaluatedRows.of(labels);
    float[][] prediction = EvaluatedRows.of(predictions);
    for (int row = 0; row < label.length; row++) {
      addRow(bothColumns(label[row]), bothColumns(prediction[row]));
    }
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  private float[] bothColumns(float[] row) {
    float[] whole = row.length == 1 && classes == 2 ? new float[] {1 - row[0], row[0]} : row;
    if (whole.length != classes) {
      throw new IllegalArgumentException(
          "Invalid row: must have " + classes + " classes, got " + whole.length);
    }
    return whole;
  }

  private void addRow(float[] label, float[] prediction) {
    int is = largest(label);
    int seems = largest(prediction);
    actual[is]++;
    called[seems]++;
    right[is] += is == seems ? 1 : 0;
    logLoss.add(-Math.log(Math.max(prediction[is], LEAST_PROBABILITY)));
    for (float each : prediction) {
      hasScores |= each < 0 || each > 1 + ROUNDING;
    }
    if (detailed) {
      confusion[is * classes + seems]++;
      for (int i = 0; i < classes; i++) {
        rankings.get(i).add(prediction[i], i == is);
      }
    }
  }

  private static int largest(float[] row) {
    int largest = 0;
    for (int i = 0; i < row.length; i++) {
      largest = EvaluatedRows.finite(row[i]) > row[largest] ? i : largest;
    }
    return largest;
  }

  @Override
  public void addLoss(double sum) {
    if (loss.isEmpty()) {
      loss = Optional.of(new ExactSum());
    }
    loss.get().add(sum);
  }

  @Override
  public void merge(Evaluation part) {
    if (!(part instanceof ClassificationEvaluation other) || other.classes != classes) {
      throw new IllegalArgumentException(
          "Cannot merge: must be a classification of " + classes + " classes, got " + part);
    }
    Counts.add(actual, other.actual);
    Counts.add(called, other.called);
    Counts.add(right, other.right);
    Counts.add(confusion, other.confusion);
    for (int i = 0; i < rankings.size(); i++) {
      rankings.get(i).add(other.rankings.get(i));
    }
    logLoss.add(other.logLoss);
    hasScores |= other.hasScores;
    loss = LossSum.merge(loss, other.loss);
  }

  @Override
  public long rows() {
    return java.util.Arrays.stream(actual).sum();
  }

  @Override
  public LinkedHashMap<String, Double> metrics(String prefix) {
    LinkedHashMap<String, Double> figures = new LinkedHashMap<>();
    long rows = rows();
    if (rows == 0) {
      return figures;
    }
    List<ClassFigures> seen = perClass().stream().flatMap(Optional::stream).toList();
    figures.put(prefix + ".loss", loss.orElse(logLoss).value() / rows);
    figures.put(prefix + ".accuracy", (double) java.util.Arrays.stream(right).sum() / rows);
    figures.put(prefix + ".balancedAccuracy", mean(seen.stream().map(ClassFigures::recall)));
    figures.put(prefix + ".mcc", ClassCorrelation.of(actual, called, right));
    figures.put(prefix + ".precision", mean(seen.stream().map(ClassFigures::precision)));
    figures.put(prefix + ".recall", mean(seen.stream().map(ClassFigures::recall)));
    figures.put(prefix + ".f1", mean(seen.stream().map(ClassFigures::f1)));
    if (seen.stream().anyMatch(figure -> figure.auc().isPresent())) {
      figures.put(prefix + ".auc", meanOfKnown(seen.stream().map(ClassFigures::auc)));
      figures.put(prefix + ".prAuc", meanOfKnown(seen.stream().map(ClassFigures::prAuc)));
    }
    if (!hasScores) {
      figures.put(prefix + ".logLoss", logLoss.value() / rows);
    }
    return figures;
  }

  private static double meanOfKnown(Stream<OptionalDouble> values) {
    return mean(values.filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble));
  }

  private static double mean(Stream<Double> values) {
    double[] all = values.mapToDouble(Double::doubleValue).toArray();
    double sum = 0; // in class order
    for (double value : all) {
      sum += value;
    }
    return sum / all.length;
  }

  /** The figures of each class; empty for a class without rows. Macro averages leave it out. */
  public List<Optional<ClassFigures>> perClass() {
    return IntStream.range(0, classes)
        .mapToObj(i -> actual[i] == 0 ? Optional.<ClassFigures>empty() : Optional.of(figures(i)))
        .toList();
  }

  /** A ranking has bins for probabilities, so it cannot order other scores. */
  private boolean ranked() {
    return detailed && !hasScores;
  }

  private ClassFigures figures(int i) {
    Optional<Ranking> ranking = ranked() ? Optional.of(rankings.get(i)) : Optional.empty();
    return ClassFigures.of(
        actual[i],
        called[i],
        right[i],
        ranking.map(Ranking::area).orElse(OptionalDouble.empty()),
        ranking.map(Ranking::averagePrecision).orElse(OptionalDouble.empty()));
  }

  /**
   * Rows by actual class (outer list) and predicted class (inner list). Empty with more than {@link
   * #DETAILED_CLASSES} classes.
   */
  public List<List<Long>> confusion() {
    return IntStream.range(0, detailed ? classes : 0)
        .mapToObj(
            is ->
                IntStream.range(0, classes)
                    .mapToObj(seems -> confusion[is * classes + seems])
                    .toList())
        .toList();
  }

  /**
   * The curve of each class against the rest, for the first {@link #CURVES} classes; empty with
   * more than {@link #DETAILED_CLASSES} classes, or where the network gives scores.
   */
  public List<ThresholdCurve> curves() {
    return rankings.stream()
        .limit(ranked() ? CURVES : 0)
        .map(ranking -> ranking.curve(CURVE_POINTS))
        .toList();
  }

  /**
   * Calibration of the predicted probabilities, in ten bins: for all classes together, or for the
   * second of two classes. Empty bins are left out. There are no bins if the network gives scores
   * instead of probabilities.
   */
  public List<CalibrationBin> calibration() {
    if (hasScores) {
      return List.of();
    }
    long[] rows = new long[CALIBRATION_BINS];
    long[] ofClass = new long[CALIBRATION_BINS];
    double[] sums = new double[CALIBRATION_BINS];
    rankings.stream()
        .skip(classes == 2 ? 1 : 0)
        .forEach(ranking -> ranking.addTo(rows, ofClass, sums));
    return IntStream.range(0, CALIBRATION_BINS)
        .filter(i -> rows[i] > 0)
        .mapToObj(
            i -> new CalibrationBin(sums[i] / rows[i], (double) ofClass[i] / rows[i], rows[i]))
        .toList();
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeByte(TAG);
    out.writeInt(classes);
    for (long[] counts : List.of(actual, called, right, confusion)) {
      Counts.write(out, counts);
    }
    for (Ranking ranking : rankings) {
      ranking.write(out);
    }
    logLoss.write(out);
    out.writeBoolean(hasScores);
    LossSum.write(out, loss);
  }

  static ClassificationEvaluation read(DataInputStream in) throws IOException {
    ClassificationEvaluation read = new ClassificationEvaluation(in.readInt());
    for (long[] counts : List.of(read.actual, read.called, read.right, read.confusion)) {
      Counts.read(in, counts);
    }
    for (int i = 0; i < read.rankings.size(); i++) {
      read.rankings.set(i, Ranking.read(in));
    }
    read.logLoss = ExactSum.read(in);
    read.hasScores = in.readBoolean();
    read.loss = LossSum.read(in);
    return read;
  }
}
