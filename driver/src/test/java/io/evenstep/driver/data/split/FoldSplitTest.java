package io.evenstep.driver.data.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.split.Splitter.Split;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldSplitTest {
  private static final int ROWS = 20_011;
  private static final double VALIDATION = 0.25;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void testsEachRowInOneFold(int folds) {
    int[] tested = new int[ROWS];
    for (int number = 1; number <= folds; number++) {
      Splitter splitter = splitter(number, folds);
      Map<Split, Integer> counts = new EnumMap<>(Split.class);
      for (int row = 0; row < ROWS; row++) {
        Split split = splitter.byFraction(splitter.draw(splitter.row(0, row)));
        tested[row] += split == Split.TEST ? 1 : 0;
        counts.merge(split, 1, Integer::sum);
      }
      assertThat(counts.get(Split.TEST) / (double) ROWS)
          .isBetween(1.0 / folds - 0.01, 1.0 / folds + 0.01);
      assertThat(counts.get(Split.VALIDATION) / (double) ROWS).isBetween(0.235, 0.265);
    }
    assertThat(tested).containsOnly(1);
  }

  /** 101 rows of one class, 7 of another, and a single row. */
  @Test
  void givesEachFoldItsShareOfEachClass() {
    int folds = 5;
    int[] tested = new int[109];
    for (int number = 1; number <= folds; number++) {
      Splitter splitter = splitter(number, folds);
      Strata strata = new Strata();
      for (int row = 0; row < tested.length; row++) {
        strata.add(name(row), splitter.draw(splitter.row(0, row)));
      }
      Map<String, Cut> cuts = strata.cuts(splitter.validation(), splitter.test(), splitter.fold());
      Map<String, Integer> counts = new java.util.TreeMap<>();
      for (int row = 0; row < tested.length; row++) {
        Split split =
            cuts.getOrDefault(name(row), Cut.NONE).split(splitter.draw(splitter.row(0, row)));
        tested[row] += split == Split.TEST ? 1 : 0;
        counts.merge(name(row) + " " + split, 1, Integer::sum);
      }
      assertThat(counts.get("usual TEST")).isBetween(20, 21);
      assertThat(counts.get("usual VALIDATION")).isEqualTo(25);
      assertThat(counts.get("rare TEST")).isBetween(1, 2);
      assertThat(counts.get("rare VALIDATION")).isEqualTo(2);
      assertThat(counts.get("single TRAIN")).isEqualTo(1);
    }
    for (int row = 0; row < tested.length; row++) {
      assertThat(tested[row]).isEqualTo(name(row).equals("single") ? 0 : 1);
    }
  }

  private static String name(int row) {
    return row == 50 ? "single" : row % 15 == 3 && row < 100 ? "rare" : "usual";
  }

  private static Splitter splitter(int number, int folds) {
    return Splitter.fractions(7, VALIDATION, 1.0 / folds, new Fold(number, folds));
  }

  @Test
  void readsFolds() {
    assertThat(Fold.parse("2/5")).contains(new Fold(2, 5));
    for (String text : new String[] {"0/5", "6/5", "1/1", "2", "2/", "a/b", "2/1000"}) {
      assertThat(Fold.parse(text)).as(text).isEmpty();
    }
  }
}
