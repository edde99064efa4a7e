package io.evenstep.model.metric;

import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.decision.TemperatureFit;
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
  private final Decision decision;
  private Optional<TemperatureFit> fit; // empty unless a temperature is to be learned
  private Confidence confidence = new Confidence();
  private ExactSum logLoss = new ExactSum();
  private boolean hasScores; // a prediction was outside 0 to 1, so it is no probability
  private Optional<ExactSum> loss = Optional.empty();

  ClassificationEvaluation(int classes, Decision decision, Optional<TemperatureFit> fit) {
    if (classes < 2) {
      throw new IllegalArgumentException("Invalid classes: must be at least 2, got " + classes);
    }
    this.classes = classes;
    this.decision = decision;
    this.fit = fit;
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
   * {@inheritDoc} The class of a label is the index of its largest entry; of equal ones, the first.
   * That of a prediction is found by the {@link Decision}. With two classes one column is enough:
   * the probability of the second.
   */
  @Override
  public void add(INDArray labels, INDArray predictions) {
    EvaluatedRows.requireSameShape(labels, predictions);
    float[][] label = EvaluatedRows.of(labels);
    float[][] prediction = EvaluatedRows.of(predictions);
    for (int row = 0; row < label.length; row++) {
      addRow(
          EvaluatedRows.byClass(label[row], classes),
          EvaluatedRows.byClass(prediction[row], classes));
    }
  }

  /** How many classes there are. */
  public int classes() {
    return classes;
  }

  /** How probabilities become a predicted class. */
  Decision decision() {
    return decision;
  }

  private void addRow(double[] label, double[] given) {
    for (double each : given) {
      hasScores |= each < 0 || each > 1 + ROUNDING;
    }
    int is = Decision.USUAL.classOf(label);
    double[] prediction = decision.calibrated(given);
    int seems = decision.classOf(prediction);
    int likeliest = Decision.USUAL.classOf(prediction);
    actual[is]++;
    called[seems]++;
    right[is] += is == seems ? 1 : 0;
    confidence.add(prediction[likeliest], is == likeliest);
    fit.ifPresent(rows -> rows.add(given, is));
    logLoss.add(-Math.log(Math.max(prediction[is], LEAST_PROBABILITY)));
    if (detailed) {
      confusion[is * classes + seems]++;
      for (int i = 0; i < classes; i++) {
        rankings.get(i).add(prediction[i], i == is);
      }
    }
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
    confidence.add(other.confidence);
    fit.ifPresent(rows -> other.fit.ifPresent(rows::add));
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
      figures.put(prefix + ".ece", confidence.error(rows));
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
    return CalibrationBin.of(
        rankings.subList(Math.min(rankings.size(), classes == 2 ? 1 : 0), rankings.size()));
  }

  /**
   * The decision that suits these rows. Rows of scores instead of probabilities, or of one class
   * only, suggest nothing.
   *
   * @param plan what to learn
   */
  public Decision learned(DecisionPlan plan) {
    return hasScores ? Decision.USUAL : LearnedDecision.of(plan, fit, rankings);
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
    confidence.write(out);
    out.writeBoolean(fit.isPresent());
    if (fit.isPresent()) {
      fit.get().write(out);
    }
    logLoss.write(out);
    out.writeBoolean(hasScores);
    LossSum.write(out, loss);
  }

  static ClassificationEvaluation read(DataInputStream in) throws IOException {
    ClassificationEvaluation read =
        new ClassificationEvaluation(in.readInt(), Decision.USUAL, Optional.empty());
    for (long[] counts : List.of(read.actual, read.called, read.right, read.confusion)) {
      Counts.read(in, counts);
    }
    for (int i = 0; i < read.rankings.size(); i++) {
      read.rankings.set(i, Ranking.read(in));
    }
    read.confidence = Confidence.read(in);
    read.fit =
        in.readBoolean() ? Optional.of(TemperatureFit.read(in, read.classes)) : Optional.empty();
    read.logLoss = ExactSum.read(in);
    read.hasScores = in.readBoolean();
    read.loss = LossSum.read(in);
    return read;
  }
}
