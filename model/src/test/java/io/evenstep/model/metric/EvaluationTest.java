package io.evenstep.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.EvaluationAveraging;
import org.nd4j.evaluation.classification.ROCMultiClass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class EvaluationTest {
  private static final int ROWS = 600;

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void givesTheFiguresOfDl4jForClasses(int classes) {
    INDArray labels = oneHot(classes);
    INDArray predictions = probabilities(labels);
    Evaluation ours = Evaluation.classification(classes);
    ours.add(labels, predictions);
    var theirs = new org.nd4j.evaluation.classification.Evaluation(classes);
    theirs.eval(labels, predictions);
    ROCMultiClass curve = new ROCMultiClass(0);
    curve.eval(labels, predictions);

    Map<String, Double> figures = ours.metrics("test");

    assertThat(figures.get("test.accuracy")).isEqualTo(theirs.accuracy());
    assertThat(figures.get("test.precision"))
        .isCloseTo(theirs.precision(EvaluationAveraging.Macro), offset(1e-9));
    assertThat(figures.get("test.recall"))
        .isCloseTo(theirs.recall(EvaluationAveraging.Macro), offset(1e-9));
    assertThat(figures.get("test.auc")).isCloseTo(curve.calculateAverageAUC(), offset(1e-3));
    double[] f1 = new double[classes];
    for (int i = 0; i < classes; i++) {
      f1[i] = theirs.f1(i);
      for (int j = 0; j < classes; j++) {
        assertThat(((ClassificationEvaluation) ours).confusion().get(i).get(j))
            .isEqualTo((long) theirs.getConfusionMatrix().getCount(i, j));
      }
    }
    assertThat(figures.get("test.f1"))
        .isCloseTo(java.util.Arrays.stream(f1).average().orElseThrow(), offset(1e-6));
    assertThat(figures.get("test.loss")).isEqualTo(figures.get("test.logLoss"));
  }

  @Test
  void givesTheFiguresOfDl4jForNumbers() {
    INDArray labels =
        Nd4j.rand(ROWS, 3).addi(1000); // a mean so large that R2 must not lose precision
    INDArray predictions = labels.add(Nd4j.rand(ROWS, 3).subi(0.5).muli(0.2));
    Evaluation ours = Evaluation.regression(3);
    ours.add(labels, predictions);
    var theirs = new org.nd4j.evaluation.regression.RegressionEvaluation(3);
    theirs.eval(
        labels.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE),
        predictions.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE));

    Map<String, Double> figures = ours.metrics("test");

    assertThat(figures.get("test.mse")).isCloseTo(theirs.averageMeanSquaredError(), offset(1e-9));
    assertThat(figures.get("test.mae")).isCloseTo(theirs.averageMeanAbsoluteError(), offset(1e-9));
    assertThat(figures.get("test.r2")).isCloseTo(theirs.averageRSquared(), offset(1e-4));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void givesTheSameBitsHoweverRowsAreDealtOut(int workers) {
    INDArray labels = oneHot(4);
    INDArray predictions = probabilities(labels);
    Evaluation whole = Evaluation.classification(4);
    whole.add(labels, predictions);
    Evaluation numbers = Evaluation.regression(4);
    numbers.add(labels, predictions);

    assertThat(merged(dealt(labels, predictions, workers, Evaluation.classification(4))))
        .isEqualTo(whole.metrics("x"));
    assertThat(merged(dealt(labels, predictions, workers, Evaluation.regression(4))))
        .isEqualTo(numbers.metrics("x"));
  }

  /** Deals the rows to the workers in turn; each evaluation is sent as bytes. */
  private static List<byte[]> dealt(
      INDArray labels, INDArray predictions, int workers, Evaluation empty) {
    List<Evaluation> parts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      parts.add(Evaluation.fromBytes(empty.toBytes()));
    }
    for (int row = 0; row < ROWS; row++) {
      var one = NDArrayIndex.interval(row, row + 1);
      parts
          .get(row % workers)
          .add(labels.get(one, NDArrayIndex.all()), predictions.get(one, NDArrayIndex.all()));
    }
    return parts.stream().map(Evaluation::toBytes).toList();
  }

  private static Map<String, Double> merged(List<byte[]> parts) {
    Evaluation sum = Evaluation.fromBytes(parts.get(parts.size() - 1));
    for (int i = parts.size() - 2; i >= 0; i--) {
      sum.merge(Evaluation.fromBytes(parts.get(i)));
    }
    return sum.metrics("x");
  }

  @Test
  void measuresHowFarRowsAreFromWhatIsGivenBack() {
    Evaluation first = Evaluation.reconstruction(2);
    first.add(
        Nd4j.create(new float[][] {{1, -1}, {1, 1}}),
        Nd4j.create(new float[][] {{1, -1}, {-2, -3}}));
    Evaluation second = Evaluation.reconstruction(2);
    second.add(Nd4j.create(new float[][] {{1, 0}}), Nd4j.create(new float[][] {{1, 0.25f}}));

    Map<String, Double> figures = merged(List.of(first.toBytes(), second.toBytes()));

    assertThat(figures.get("x.distance")).isEqualTo((0 + 5 + 0.25) / 3);
    assertThat(figures.get("x.exactRows")).isEqualTo(2 / 3.0);
  }

  @Test
  void saysNothingWithoutRows() {
    assertThat(Evaluation.classification(3).metrics("test")).isEmpty();
    assertThat(Evaluation.regression(1).metrics("test")).isEmpty();
    assertThat(Evaluation.reconstruction(1).metrics("test")).isEmpty();
  }

  @Test
  void leavesOutWhatOneClassAloneDoesNotDefine() {
    Evaluation evaluation = Evaluation.classification(3);
    evaluation.add(
        Nd4j.create(new float[][] {{0, 1, 0}, {0, 1, 0}}),
        Nd4j.create(new float[][] {{0, 1, 0}, {1, 0, 0}}));

    assertThat(evaluation.metrics("t"))
        .containsOnlyKeys(
            "t.loss",
            "t.accuracy",
            "t.balancedAccuracy",
            "t.mcc",
            "t.precision",
            "t.recall",
            "t.f1",
            "t.logLoss",
            "t.ece")
        .containsEntry("t.accuracy", 0.5)
        .containsEntry("t.precision", 1.0)
        .allSatisfy((name, value) -> assertThat(value).isFinite());
  }

  @Test
  void leavesOutR2WhenLabelsDoNotVary() {
    Evaluation evaluation = Evaluation.regression(1);
    evaluation.add(Nd4j.create(new float[][] {{2}, {2}}), Nd4j.create(new float[][] {{2}, {3}}));

    assertThat(evaluation.metrics("t")).doesNotContainKey("t.r2").containsEntry("t.mse", 0.5);
  }

  @Test
  void takesOneColumnForTwoClasses() {
    Evaluation evaluation = Evaluation.classification(2);
    evaluation.add(
        Nd4j.create(new float[][] {{1}, {0}, {1}}),
        Nd4j.create(new float[][] {{.9f}, {.2f}, {.3f}}));

    assertThat(evaluation.metrics("t").get("t.accuracy")).isEqualTo(2 / 3.0);
    assertThat(evaluation.metrics("t").get("t.auc")).isEqualTo(1.0);
  }

  @Test
  void givesFiguresOfTheNumbersThemselvesAndTheLossOfScaledOnes() {
    Evaluation evaluation = Evaluation.regression(1, Scaling.of(100, 0.1));
    Evaluation part = Evaluation.regression(1, Scaling.of(100, 0.1));
    part.add(Nd4j.create(new float[][] {{-1}, {1}}), Nd4j.create(new float[][] {{0}, {1}}));
    evaluation.merge(Evaluation.fromBytes(part.toBytes()));

    assertThat(evaluation.metrics("t"))
        .containsEntry("t.mse", 50.0)
        .containsEntry("t.mae", 5.0)
        .containsEntry("t.r2", 0.5);
    assertThat(evaluation.metrics("t").get("t.loss")).isCloseTo(0.5, offset(1e-12));
  }

  @Test
  void reportsTheLossItIsGiven() {
    Evaluation evaluation = Evaluation.regression(1);
    evaluation.add(Nd4j.create(new float[][] {{2}, {2}}), Nd4j.create(new float[][] {{2}, {3}}));
    evaluation.addLoss(5);

    assertThat(evaluation.metrics("t")).containsEntry("t.loss", 2.5);
  }

  @Test
  void stopsAtAPredictionThatIsNoNumber() {
    assertThatThrownBy(
            () ->
                Evaluation.classification(2)
                    .add(
                        Nd4j.create(new float[][] {{1, 0}}),
                        Nd4j.create(new float[][] {{Float.NaN, 0}})))
        .isInstanceOf(DivergedException.class)
        .hasMessage("Cannot evaluate: a prediction must be a finite number, got NaN");
  }

  private static INDArray oneHot(int classes) {
    Random random = new Random(classes);
    INDArray labels = Nd4j.zeros(ROWS, classes);
    for (int row = 0; row < ROWS; row++) {
      labels.putScalar(row, random.nextInt(classes), 1);
    }
    return labels;
  }

  /** Biased towards the label, some with very high confidence. */
  private static INDArray probabilities(INDArray labels) {
    Nd4j.getRandom().setSeed(11);
    INDArray logits = Nd4j.randn(labels.shape()).muli(3).addi(labels.mul(3));
    return Nd4j.nn().softmax(logits);
  }
}
