package io.evenstep.model.data.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Tokens drawn by their probabilities. */
class SamplingTest {
  private static final int DRAWS = 20_000;
  private static final Offset<Double> NEAR = Offset.offset(0.02);
  private static final double[] PROBABILITIES = {0.4, 0.1, 0.3, 0.2}; // the first is never drawn

  private static double[] shares(Sampling sampling) {
    SplittableRandom random = new SplittableRandom(9);
    double[] shares = new double[PROBABILITIES.length];
    for (int i = 0; i < DRAWS; i++) {
      shares[sampling.choose(PROBABILITIES, random)] += 1.0 / DRAWS;
    }
    return shares;
  }

  @Test
  void drawsByProbabilityAndNeverTheUnknownToken() {
    double[] shares = shares(new Sampling(1, 0, 1));

    assertThat(shares[0]).isZero();
    assertThat(shares[1]).isCloseTo(1 / 6.0, NEAR);
    assertThat(shares[2]).isCloseTo(3 / 6.0, NEAR);
    assertThat(shares[3]).isCloseTo(2 / 6.0, NEAR);
  }

  @Test
  void aLowTemperatureFavoursTheProbableTokens() {
    double[] shares = shares(new Sampling(0.5, 0, 1)); // squares: 1, 9 and 4 of 14

    assertThat(shares[1]).isCloseTo(1 / 14.0, NEAR);
    assertThat(shares[2]).isCloseTo(9 / 14.0, NEAR);
  }

  @Test
  void temperatureZeroTakesTheMostProbable() {
    assertThat(shares(new Sampling(0, 0, 1))[2]).isCloseTo(1, Offset.offset(1e-9));
  }

  @Test
  void drawsAmongTheMostProbable() {
    double[] shares = shares(new Sampling(1, 2, 1));

    assertThat(shares[1]).isZero();
    assertThat(shares[2]).isCloseTo(0.6, NEAR);
  }

  @Test
  void drawsAmongThoseThatReachAShare() {
    assertThat(shares(new Sampling(1, 0, 0.5))[3]).isZero(); // 3 of 6 reach it
    assertThat(shares(new Sampling(1, 0, 0.6))[3]).isCloseTo(0.4, NEAR);
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> new Sampling(-1, 0, 1)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Sampling(1, 0, 0)).hasMessageContaining("top p");
  }
}
