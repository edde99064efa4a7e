package io.evenstep.driver.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.report.Series.Fold;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private final Series series = new Series(4, List.of(Fold.LAST, Fold.MEAN, Fold.LEAST, Fold.MOST));

  @Test
  void keepsFewRowsAsTheyAre() {
    series.add(1, 10, 10, 10);
    series.add(2, 20, 20, 20);

    assertThat(series.rows()).containsExactly(row(1, 10, 10, 10), row(2, 20, 20, 20));
  }

  @Test
  void foldsNeighboursAndLeavesNoneOut() {
    for (int step = 1; step <= 16; step++) {
      series.add(step, step, step, step);
    }

    assertThat(series.rows())
        .containsExactly(
            row(4, 2.5, 1, 4), row(8, 6.5, 5, 8), row(12, 10.5, 9, 12), row(16, 14.5, 13, 16));
  }

  @Test
  void isBoundedHoweverManyRowsCome() {
    double sum = 0;
    for (int step = 1; step <= 100_003; step++) {
      series.add(step, step, step, step);
      sum += step;
    }

    List<double[]> rows = series.rows();
    assertThat(rows.size()).isBetween(2, 4);
    assertThat(rows.get(rows.size() - 1)[0]).isEqualTo(100_003);
    double before = 0;
    double counted = 0;
    for (double[] row : rows) {
      counted += row[1] * (row[0] - before);
      before = row[0];
    }
    assertThat(counted).isCloseTo(sum, within(1.0));
  }

  @Test
  void takesTheMeanOfWhatIsKnown() {
    for (int step = 1; step <= 8; step++) {
      series.add(step, step % 2 == 0 ? 6 : Double.NaN, 1, 1);
    }

    assertThat(series.rows()).extracting(row -> row[1]).containsOnly(6.0);
  }

  @Test
  void amendsTheNewestRow() {
    series.add(1, Double.NaN, 1, 1);
    series.amend(1, 7);

    assertThat(series.rows()).containsExactly(row(1, 7, 1, 1));
  }

  @Test
  void forgetsWhatIsDoneAgain() {
    series.add(1, 1, 1, 1);
    series.add(2, 2, 2, 2);
    series.dropAfter(1);

    assertThat(series.column(0)).containsExactly(1.0);
  }

  private static double[] row(double... numbers) {
    return numbers;
  }
}
