package io.evenstep.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.evenstep.model.data.Scaling;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Metrics of small tables as scikit-learn 1.x defines and computes them. */
class DefinedFiguresTest {
  private static final Offset<Double> ROUNDING = offset(1e-12);

  private static final int[] ACTUAL = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2};
  private static final float[][] SAID = {
    {.7f, .2f, .1f}, {.6f, .3f, .1f}, {.4f, .5f, .1f}, {.8f, .1f, .1f}, {.3f, .3f, .4f},
    {.2f, .7f, .1f}, {.5f, .4f, .1f}, {.1f, .8f, .1f}, {.2f, .2f, .6f}, {.6f, .1f, .3f}
  };

  private static ClassificationEvaluation threeClasses() {
    ClassificationEvaluation evaluation = Evaluation.classification(3);
    evaluation.add(oneHot(ACTUAL, 3), Nd4j.create(SAID));
    return evaluation;
  }

  private static INDArray oneHot(int[] classes, int width) {
    INDArray labels = Nd4j.zeros(classes.length, width);
    for (int row = 0; row < classes.length; row++) {
      labels.putScalar(row, classes[row], 1);
    }
    return labels;
  }

  @Test
  void givesTheFiguresOfThreeUnequalClasses() {
    Map<String, Double> figures = threeClasses().metrics("t");

    // recalls 3/5, 2/3 and 1/2; right 6 of 10; called 5, 3 and 2
    assertThat(figures.get("t.balancedAccuracy")).isCloseTo((0.6 + 2 / 3.0 + 0.5) / 3, ROUNDING);
    assertThat(figures.get("t.mcc")).isCloseTo((6 * 10 - 38) / (100 - 38.0), ROUNDING);
    assertThat(figures.get("t.prAuc")).isCloseTo(0.8587301587301587, ROUNDING);
  }

  @Test
  void givesTheFiguresOfEachClass() {
    List<ClassFigures> classes =
        threeClasses().perClass().stream().map(figures -> figures.orElseThrow()).toList();

    assertThat(classes).extracting(ClassFigures::rows).containsExactly(5L, 3L, 2L);
    assertThat(classes).extracting(ClassFigures::precision).containsExactly(0.6, 2 / 3.0, 0.5);
    assertThat(classes).extracting(ClassFigures::recall).containsExactly(0.6, 2 / 3.0, 0.5);
    assertThat(classes).extracting(ClassFigures::f1).containsExactly(0.6, 2 / 3.0, 0.5);
    double[] averagePrecisions = {0.8261904761904763, 11 / 12.0, 5 / 6.0};
    for (int i = 0; i < averagePrecisions.length; i++) {
      assertThat(classes.get(i).prAuc().orElseThrow()).isCloseTo(averagePrecisions[i], ROUNDING);
    }
  }

  @Test
  void aNetworkThatAlwaysSaysTheSameHasNoCorrelation() {
    Evaluation evaluation = Evaluation.classification(2);
    evaluation.add(
        oneHot(new int[] {0, 0, 1}, 2),
        Nd4j.create(new float[][] {{.9f, .1f}, {.9f, .1f}, {.9f, .1f}}));

    assertThat(evaluation.metrics("t"))
        .containsEntry("t.mcc", 0.0)
        .containsEntry("t.balancedAccuracy", 0.5);
    // all equal: the precision is the share of the class
    assertThat(evaluation.metrics("t").get("t.prAuc")).isCloseTo((2 / 3.0 + 1 / 3.0) / 2, ROUNDING);
  }

  @Test
  void aNetworkThatIsAlwaysWrongHasCorrelationMinusOne() {
    Evaluation evaluation = Evaluation.classification(2);
    evaluation.add(
        oneHot(new int[] {0, 1, 1}, 2),
        Nd4j.create(new float[][] {{.1f, .9f}, {.9f, .1f}, {.8f, .2f}}));

    assertThat(evaluation.metrics("t").get("t.mcc")).isCloseTo(-1, ROUNDING);
  }

  @Test
  void givesTheErrorsOfNumbers() {
    Evaluation evaluation = Evaluation.regression(1);
    evaluation.add(
        Nd4j.create(new float[][] {{2}, {-4}, {10}, {5}}),
        Nd4j.create(new float[][] {{3}, {-3}, {8}, {5}}));

    Map<String, Double> figures = evaluation.metrics("t");

    assertThat(figures.get("t.rmse")).isCloseTo(Math.sqrt(1.5), ROUNDING);
    assertThat(figures.get("t.mae")).isCloseTo(1, ROUNDING);
    assertThat(figures.get("t.mape")).isCloseTo((0.5 + 0.25 + 0.2 + 0) / 4, ROUNDING);
    assertThat(figures.get("t.r2")).isCloseTo(0.9416058394160584, ROUNDING);
  }

  @Test
  void noErrorIsAShareOfALabelOfZero() {
    Scaling scaling = Scaling.of(0.1, 1 / 0.3);
    float scaledZero = (float) (-0.1 / 0.3);
    Evaluation evaluation = Evaluation.regression(1, scaling);
    evaluation.add(
        Nd4j.create(new float[][] {{scaledZero}, {1}}), Nd4j.create(new float[][] {{1}, {1}}));

    assertThat(evaluation.metrics("t")).containsKey("t.mae").doesNotContainKey("t.mape");
  }
}
