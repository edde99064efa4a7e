package io.evenstep.driver.data.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.Shaping;
import io.evenstep.model.data.column.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberFitTest {
  private static final Shaping POWER = new Shaping(Shaping.Function.POWER, List.of(), List.of());

  private static double[] applied(NumberFit fit, double... values) {
    Transform.Function function = Transform.chain(fit.transforms());
    return Arrays.stream(values).map(x -> (function.of(x) - fit.shift()) * fit.scale()).toArray();
  }

  /** The values of the example of scikit-learn's PowerTransformer. */
  @Test
  void findsThePowersThatScikitLearnFinds() {
    assertThat(YeoJohnson.lambda(new double[] {1, 3, 4})).isCloseTo(1.386, within(1e-3));
    assertThat(YeoJohnson.lambda(new double[] {2, 2, 5})).isCloseTo(-3.100, within(1e-3));
    NumberFit fit = NumberFit.of(POWER, Normalization.STANDARD, new double[] {1, 3, 4});
    assertThat(applied(fit, 1, 3, 4))
        .containsExactly(new double[] {-1.316, 0.209, 1.106}, within(1e-3));
  }

  @Test
  void makesALogNormalColumnNearlyNormal() {
    Random random = new Random(1);
    double[] sorted = random.doubles(2_000, 0, 1).map(u -> Math.exp(3 * u * u)).sorted().toArray();
    assertThat(YeoJohnson.lambda(sorted)).isBetween(-1.0, 0.0);
    assertThat(YeoJohnson.lambda(new double[] {5, 5, 5})).isEqualTo(1);
    assertThat(YeoJohnson.lambda(new double[0])).isEqualTo(1);
  }

  @Test
  void clipsByNumbersOrShares() {
    double[] sorted = {0, 1, 2, 3, 4, 5, 6, 7, 8, 1000};
    Shaping numbers = new Shaping(Shaping.Function.NONE, List.of(1.0, 5.0), List.of());
    Shaping shares = new Shaping(Shaping.Function.NONE, List.of(), List.of(0.0, 8 / 9.0));
    assertThat(applied(NumberFit.of(numbers, Normalization.NONE, sorted), -3, 2, 99))
        .containsExactly(1, 2, 5);
    assertThat(applied(NumberFit.of(shares, Normalization.MIN_MAX, sorted), -3, 2, 99))
        .containsExactly(new double[] {0, 0.25, 1}, within(1e-12));
  }

  @Test
  void scalesByMedianAndMiddleHalf() {
    NumberFit fit =
        NumberFit.of(Shaping.NONE, Normalization.ROBUST, new double[] {1, 2, 3, 4, 1e9});
    assertThat(applied(fit, 3, 5)).containsExactly(0, 1);
    NumberFit mostlyEqual =
        NumberFit.of(Shaping.NONE, Normalization.ROBUST, new double[] {7, 7, 7, 7, 9});
    assertThat(applied(mostlyEqual, 7, 9)).containsExactly(0, 1);
  }

  @Test
  void ranksByQuantileWithTiesInTheMiddle() {
    NumberFit fit =
        NumberFit.of(Shaping.NONE, Normalization.QUANTILE, new double[] {1, 5, 5, 5, 100});
    assertThat(applied(fit, 0, 1, 5, 100)).containsExactly(-1, -1, 0, 1);
    double[] many = Arrays.stream(new double[5_000]).toArray();
    Arrays.setAll(many, i -> i * (double) i);
    NumberFit sparse = NumberFit.of(Shaping.NONE, Normalization.QUANTILE, many);
    assertThat(sparse.transforms().get(0).numbers()).hasSizeLessThan(600);
    assertThat(applied(sparse, many[1_250])[0]).isCloseTo(-0.5, within(0.01));
    assertThat(applied(sparse, many[4_999])).containsExactly(1);
  }

  @Test
  void keepsAColumnWithoutValuesOrWithOne() {
    for (Normalization normalize : Normalization.values()) {
      assertThat(applied(NumberFit.of(Shaping.NONE, normalize, new double[0]), 2)[0]).isFinite();
      assertThat(applied(NumberFit.of(POWER, normalize, new double[] {4}), 4)[0]).isFinite();
    }
  }
}
