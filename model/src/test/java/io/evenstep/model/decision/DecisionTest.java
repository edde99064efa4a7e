package io.evenstep.model.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class DecisionTest {
  @Test
  void dividesLogitsByTheTemperature() {
    double[] calibrated = new Decision(2, 0.5).calibrated(new double[] {0.9, 0.1});
    assertThat(calibrated[0]).isCloseTo(3.0 / 4, offset(1e-12)); // the square root of 9 is 3
    assertThat(calibrated[1]).isCloseTo(1.0 / 4, offset(1e-12));
    assertThat(new Decision(3, 0.5).calibrated(new double[] {0, 0.5, 0.5}))
        .containsExactly(0, 0.5, 0.5);
  }

  @Test
  void leavesProbabilitiesAloneAtTemperatureOne() {
    double[] given = {0.2, 0.8};
    assertThat(Decision.USUAL.calibrated(given)).isSameAs(given);
  }

  @Test
  void callsRowsAtTheThresholdTheSecondClass() {
    Decision decision = new Decision(1, 0.3);
    assertThat(decision.classOf(new double[] {0.7, 0.3})).isEqualTo(1);
    assertThat(decision.classOf(new double[] {0.71, 0.29})).isZero();
    assertThat(decision.classOf(new double[] {0.5, 0.3, 0.2})).isZero();
  }

  @Test
  void callsTheFirstOfTwoEqualClassesInTheUsualWay() {
    assertThat(Decision.USUAL.classOf(new double[] {0.5, 0.5})).isZero();
  }

  @Test
  void refusesWhatIsNoTemperatureOrProbability() {
    assertThatThrownBy(() -> new Decision(0, 0.5)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Decision(Double.NaN, 0.5)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> new Decision(1, 1.5)).hasMessageContaining("threshold");
  }
}
