package io.evenstep.driver.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.sweep.Halving.Round;
import org.junit.jupiter.api.Test;

class HalvingTest {
  @Test
  void oneOfThreeGoesOnForThreeTimesTheEpochs() {
    assertThat(Halving.rounds(20, 27, 3))
        .containsExactly(new Round(3, 20), new Round(9, 7), new Round(27, 3));
  }

  @Test
  void aRoundHasAnEpochAtLeast() {
    assertThat(Halving.rounds(20, 5, 3)).containsExactly(new Round(2, 20), new Round(5, 7));
    assertThat(Halving.rounds(20, 1, 3)).containsExactly(new Round(1, 20));
  }

  @Test
  void fewTrialsOrNoHalvingAreTrainedToTheEnd() {
    assertThat(Halving.rounds(2, 100, 3)).containsExactly(new Round(100, 2));
    assertThat(Halving.rounds(20, 100, 1)).containsExactly(new Round(100, 20));
  }
}
