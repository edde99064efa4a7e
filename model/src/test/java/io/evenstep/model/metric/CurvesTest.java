package io.evenstep.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The curves of a classification. */
class CurvesTest {
  /** Rows of two classes with calibrated probabilities. */
  private static ClassificationEvaluation calibrated(int rows) {
    ClassificationEvaluation evaluation = Evaluation.classification(2);
    SplittableRandom random = new SplittableRandom(11);
    float[][] labels = new float[rows][2];
    float[][] predictions = new float[rows][2];
    for (int i = 0; i < rows; i++) {
      float probability = (float) random.nextDouble();
      labels[i][random.nextDouble() < probability ? 1 : 0] = 1;
      predictions[i] = new float[] {1 - probability, probability};
    }
    evaluation.add(Nd4j.create(labels), Nd4j.create(predictions));
    return evaluation;
  }

  @Test
  void aCurveIsWhatEachThresholdComesTo() {
    ClassificationEvaluation evaluation = Evaluation.classification(2);
    evaluation.add(
        Nd4j.create(new float[][] {{0, 1}, {1, 0}, {0, 1}, {1, 0}}),
        Nd4j.create(new float[][] {{0.1f, 0.9f}, {0.2f, 0.8f}, {0.7f, 0.3f}, {0.9f, 0.1f}}));

    ThresholdCurve curve = evaluation.curves().get(1);

    assertThat(curve.positives()).isEqualTo(2);
    assertThat(curve.negatives()).isEqualTo(2);
    assertThat(curve.points())
        .extracting(ThresholdCurve.Point::truePositives)
        .containsExactly(1L, 1L, 2L, 2L);
    assertThat(curve.points())
        .extracting(ThresholdCurve.Point::falsePositives)
        .containsExactly(0L, 1L, 1L, 2L);
    double[] thresholds = {0.9, 0.8, 0.3, 0.1};
    for (int i = 0; i < thresholds.length; i++) {
      assertThat(curve.points().get(i).threshold()).isCloseTo(thresholds[i], within(0.01));
    }
  }

  @Test
  void aCurveOfManyRowsHasFewPointsAndTheSameArea() {
    ClassificationEvaluation evaluation = calibrated(20_000);

    ThresholdCurve curve = evaluation.curves().get(1);

    assertThat(curve.points()).hasSizeBetween(50, 101);
    double area = 0;
    double x = 0;
    double y = 0;
    for (ThresholdCurve.Point point : curve.points()) {
      double nextX = (double) point.falsePositives() / curve.negatives();
      double nextY = (double) point.truePositives() / curve.positives();
      area += (nextX - x) * (nextY + y) / 2;
      x = nextX;
      y = nextY;
    }
    assertThat(x).isEqualTo(1);
    assertThat(y).isEqualTo(1);
    double auc = evaluation.perClass().get(1).orElseThrow().auc().orElseThrow();
    assertThat(area).isCloseTo(auc, within(1e-3));
  }

  @Test
  void trueProbabilitiesAreCalibrated() {
    List<CalibrationBin> bins = calibrated(20_000).calibration();

    assertThat(bins).hasSize(10);
    assertThat(bins.stream().mapToLong(CalibrationBin::count).sum()).isEqualTo(20_000);
    for (int i = 0; i < bins.size(); i++) {
      assertThat(bins.get(i).predicted()).isCloseTo(0.05 + 0.1 * i, within(0.01));
      assertThat(bins.get(i).observed()).isCloseTo(bins.get(i).predicted(), within(0.04));
    }
  }

  @Test
  void aBinsMiddleLiesInIt() {
    for (double probability : new double[] {1e-9, 1e-3, 0.2, 0.499, 0.7, 0.9999, 1}) {
      int bin = Ranking.bin(probability);
      assertThat(Ranking.bin(Ranking.probability(bin))).isEqualTo(bin);
    }
  }
}
