package io.evenstep.model.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.data.Scaling;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class RowPicksTest {
  private static final int ROWS = 3_000;
  private static final int BATCH = 250;

  private final float[][] labels = new float[ROWS][];
  private final float[][] predictions = new float[ROWS][];

  @Test
  void picksTheMostConfidentlyWrongRowsWithTheirFeatures() {
    RowPicks picks = RowPicks.classification(2);
    picks.add(
        10,
        batch(new float[][] {{1, 0}, {0, 1}, {1, 0}}),
        said(new float[][] {{0.2f, 0.8f}, {0.1f, 0.9f}, {0.4f, 0.6f}}));

    assertThat(picks.wrong()).extracting(PickedRow::row).containsExactly(10L, 12L);
    PickedRow worst = picks.wrong().get(0);
    assertThat(worst.actual()).isZero();
    assertThat(worst.predicted()).isEqualTo(1);
    assertThat(worst.score()).isEqualTo(0.8f);
    assertThat(worst.features()).containsExactly(0f, 1f, 2f);
    assertThat(picks.sample()).isEmpty();
  }

  @Test
  void understandsOneProbabilityOfTwoClasses() {
    RowPicks picks = RowPicks.classification(2);
    picks.add(0, batch(new float[][] {{1}, {0}}), said(new float[][] {{0.25f}, {0.1f}}));

    assertThat(picks.wrong()).hasSize(1);
    assertThat(picks.wrong().get(0).predicted()).isZero();
    assertThat(picks.wrong().get(0).score()).isEqualTo(0.75);
  }

  @Test
  void showsNumbersInTheUnitsOfTheSource() {
    RegressionEvaluation scaled = Evaluation.regression(1, Scaling.of(100, 0.5));
    RowPicks picks = RowPicks.of(scaled, 0);
    picks.add(0, batch(new float[][] {{1}, {2}}), said(new float[][] {{1}, {4}}));

    PickedRow worst = picks.wrong().get(0);
    assertThat(worst.actual()).isEqualTo(104);
    assertThat(worst.predicted()).isEqualTo(108);
    assertThat(worst.score()).isEqualTo(4);
    assertThat(picks.sample()).extracting(PickedRow::actual).containsExactly(102.0, 104.0);
  }

  @Test
  void picksTheSameRowsHoweverTheyAreDealtOut() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < ROWS; i++) {
      labels[i] = new float[] {(float) random.nextDouble()};
      predictions[i] = new float[] {(float) random.nextDouble()};
    }
    RowPicks alone = RowPicks.regression(0);
    RowPicks first = RowPicks.regression(0);
    RowPicks second = RowPicks.regression(0);
    for (int from = 0; from < ROWS; from += BATCH) {
      add(alone, from);
      add(from % (3 * BATCH) == 0 ? first : second, from);
    }

    assertThat(RowPicks.worst(List.of(second.wrong(), first.wrong())))
        .isEqualTo(alone.wrong())
        .hasSize(RowPicks.WRONG);
    assertThat(RowPicks.sampled(List.of(second.sample(), first.sample())))
        .isEqualTo(alone.sample())
        .hasSize(RowPicks.SAMPLE);
    assertThat(alone.sample())
        .as("rows from all over the split")
        .extracting(row -> row.row() * 10 / ROWS)
        .contains(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
  }

  private void add(RowPicks picks, int from) {
    float[][] label = Arrays.copyOfRange(labels, from, from + BATCH);
    float[][] output = Arrays.copyOfRange(predictions, from, from + BATCH);
    picks.add(from, batch(label), said(output));
  }

  private static MiniBatch batch(float[][] labels) {
    float[][] features = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      features[i] = new float[] {i, i + 1, i + 2};
    }
    return MiniBatch.of(Nd4j.create(features), Nd4j.create(labels));
  }

  private static Predictions said(float[][] outputs) {
    return new Predictions(List.of(Nd4j.create(outputs)));
  }
}
