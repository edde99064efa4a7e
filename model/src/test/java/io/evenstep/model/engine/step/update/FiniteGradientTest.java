package io.evenstep.model.engine.step.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.NativeRuntime;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fast search for entries that are not finite finds the same as the sum of squares. */
class FiniteGradientTest {
  @BeforeAll
  static void chooseNatives() {
    NativeRuntime.prepare();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,0",
    "Infinity,0",
    "-Infinity,0",
    "3.4e38,0",
    "NaN,0.5",
    "Infinity,0.5",
    "-Infinity,0.5"
  })
  void saysWhatTheSquaresSay(float entry, double clip) {
    MultiLayerNetwork network = UpdateEqualsDl4jTest.network(UpdateEqualsDl4jTest.common("adam"));
    INDArray gradient = network.getFlattenedGradients();
    FusedUpdate update = UpdateEqualsDl4jTest.update(network, clip);
    long length = gradient.length();
    for (long place = 0; place < length; place += 29) {
      UpdateEqualsDl4jTest.fill(network, 1);
      gradient.putScalar(place, entry);
      update.begin(0, 0, 7);
      assertThat(update.isFinite(0, length))
          .as("place %d", place)
          .isEqualTo(Double.isFinite(update.squares(0, length)));
      assertThat(update.isFinite(0, place)).isTrue();
      assertThat(update.isFinite(place + 1, length)).isTrue();
    }
  }
}
