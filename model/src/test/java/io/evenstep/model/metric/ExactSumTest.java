package io.evenstep.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void losesNothingBesideHugeTerms() {
    ExactSum sum = new ExactSum();
    for (double term : new double[] {1e300, 1, Double.MIN_VALUE, -1e300, -1}) {
      sum.add(term);
    }

    assertThat(sum.value()).isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void equalsTheDecimalSumOfTermsOfEverySize() {
    Random random = new Random(4);
    ExactSum sum = new ExactSum();
    ExactSum other = new ExactSum();
    BigDecimal expected = BigDecimal.ZERO;
    for (int i = 0; i < 5_000; i++) {
      double term = random.nextGaussian() * Math.pow(10, random.nextInt(200) - 100);
      (random.nextBoolean() ? sum : other).add(term);
      expected = expected.add(new BigDecimal(term));
    }
    sum.add(other);

    assertThat(sum.exact()).isEqualByComparingTo(expected);
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> new ExactSum().add(Double.NaN))
        .hasMessage("Invalid term: must be a finite number, got NaN");
  }
}
