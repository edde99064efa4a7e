package io.evenstep.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.decision.Threshold;
import io.evenstep.model.decision.ThresholdAim;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;

class LearnedDecisionTest {
  private static final int ROWS = 4_000;

  private final float[][] labels = new float[ROWS][1];
  private final float[][] predictions = new float[ROWS][1];

  /** One row of ten is of the second class, and few of them have a probability above a half. */
  LearnedDecisionTest() {
    SplittableRandom random = new SplittableRandom(9);
    for (int row = 0; row < ROWS; row++) {
      boolean second = random.nextDouble() < 0.1;
      labels[row][0] = second ? 1 : 0;
      predictions[row][0] =
          (float) (second ? 0.55 * random.nextDouble() : 0.3 * random.nextDouble());
    }
  }

  @ParameterizedTest
  @EnumSource(ThresholdAim.class)
  void isAsGoodAsTheBestOfAllThresholds(ThresholdAim aim) {
    Decision learned = learned(plan(false, aim));
    double best = 0;
    for (int i = 0; i <= 500; i++) {
      best = Math.max(best, figure(aim, new Decision(1, i / 500.0)));
    }
    assertThat(figure(aim, learned)).isGreaterThanOrEqualTo(best - 0.005);
    assertThat(learned.threshold()).isLessThan(0.5);
  }

  @Test
  void callsTheSameRowsWithAndWithoutCalibration() {
    Decision plain = learned(plan(false, ThresholdAim.F1));
    Decision calibrated = learned(plan(true, ThresholdAim.F1));
    assertThat(calibrated.temperature()).isNotEqualTo(1);
    assertThat(evaluated(calibrated).confusion()).isEqualTo(evaluated(plain).confusion());
    assertThat(evaluated(calibrated).metrics("t").get("t.logLoss"))
        .isLessThan(evaluated(plain).metrics("t").get("t.logLoss"));
  }

  @Test
  void isTheSameBitsHoweverRowsAreCutIntoParts() {
    DecisionPlan plan = plan(true, ThresholdAim.MCC);
    ClassificationEvaluation merged = Evaluation.learning(2, plan);
    for (int from = 0; from < ROWS; from += 500) {
      ClassificationEvaluation part = Evaluation.learning(2, plan);
      add(part, from, from + 500);
      merged.merge(Evaluation.fromBytes(part.toBytes()));
    }
    assertThat(merged.learned(plan)).isEqualTo(learned(plan));
  }

  @Test
  void leavesScoresAndRowsOfOneClassAlone() {
    DecisionPlan plan = plan(true, ThresholdAim.F1);
    ClassificationEvaluation scores = Evaluation.learning(2, plan);
    scores.add(Nd4j.create(new float[][] {{1}, {0}}), Nd4j.create(new float[][] {{3}, {-2}}));
    assertThat(scores.learned(plan)).isEqualTo(Decision.USUAL);

    DecisionPlan threshold = plan(false, ThresholdAim.F1);
    ClassificationEvaluation one = Evaluation.learning(2, threshold);
    one.add(Nd4j.create(new float[][] {{0}, {0}}), Nd4j.create(new float[][] {{0.3f}, {0.6f}}));
    assertThat(one.learned(threshold)).isEqualTo(Decision.USUAL);
  }

  /** Two bins: 0.55 sure and none of one right, 0.9 sure and one of two right. */
  @Test
  void measuresTheExpectedCalibrationError() {
    ClassificationEvaluation rows = Evaluation.classification(2);
    rows.add(
        Nd4j.create(new float[][] {{0}, {1}, {0}}),
        Nd4j.create(new float[][] {{0.55f}, {0.9f}, {0.9f}}));
    assertThat(rows.metrics("t").get("t.ece")).isCloseTo((0.55 + 2 * 0.4) / 3, offset(1e-6));
  }

  private static DecisionPlan plan(boolean calibrates, ThresholdAim aim) {
    return new DecisionPlan(calibrates, new Threshold.Best(aim));
  }

  private Decision learned(DecisionPlan plan) {
    ClassificationEvaluation evaluation = Evaluation.learning(2, plan);
    add(evaluation, 0, ROWS);
    return evaluation.learned(plan);
  }

  private ClassificationEvaluation evaluated(Decision decision) {
    ClassificationEvaluation evaluation = Evaluation.classification(2, decision);
    add(evaluation, 0, ROWS);
    return evaluation;
  }

  private void add(Evaluation evaluation, int from, int to) {
    evaluation.add(
        Nd4j.create(java.util.Arrays.copyOfRange(labels, from, to)),
        Nd4j.create(java.util.Arrays.copyOfRange(predictions, from, to)));
  }

  /** Counted here row by row. */
  private double figure(ThresholdAim aim, Decision decision) {
    double truePositives = 0;
    double falsePositives = 0;
    double positives = 0;
    for (int row = 0; row < ROWS; row++) {
      double second = predictions[row][0];
      boolean called = decision.classOf(new double[] {1 - second, second}) == 1;
      boolean is = labels[row][0] == 1;
      positives += is ? 1 : 0;
      truePositives += is && called ? 1 : 0;
      falsePositives += !is && called ? 1 : 0;
    }
    double negatives = ROWS - positives;
    double falseNegatives = positives - truePositives;
    double trueNegatives = negatives - falsePositives;
    double called = truePositives + falsePositives;
    return switch (aim) {
      case ACCURACY -> (truePositives + trueNegatives) / ROWS;
      case F1 -> 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
      case BALANCED_ACCURACY -> (truePositives / positives + trueNegatives / negatives) / 2;
      case YOUDEN -> truePositives / positives + trueNegatives / negatives - 1;
      case MCC ->
          called == 0 || called == ROWS
              ? 0
              : (truePositives * trueNegatives - falsePositives * falseNegatives)
                  / Math.sqrt(called * (ROWS - called) * positives * negatives);
    };
  }
}
