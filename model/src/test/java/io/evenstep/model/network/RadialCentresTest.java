package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.RadialCentres;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows become the centres of radial basis functions. */
class RadialCentresTest {
  private static final Map<String, Object> RADIAL = Map.of("type", "rbf", "units", 4);
  private static final INDArray ROWS = SampleNetworks.features(3, Shape.of(6), 5);

  static Stream<List<Map<String, Object>>> networks() {
    return Stream.of(
        List.of(RADIAL),
        List.of(
            Map.of("type", "rbf", "units", 4, "id", "near"),
            Map.of("type", "dense", "units", 3, "from", "near")));
  }

  private static Network network(List<Map<String, Object>> layers) {
    return Networks.build(
        SampleNetworks.spec(new NetworkSpec.Layers(layers)),
        DataShape.of(Shape.of(6), Shape.of(3), Task.CLASSIFICATION));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachRowIsTheCentreOfOneUnit(List<Map<String, Object>> layers) {
    Network network = network(layers);
    float[] drawn = network.parameters().toFloatVector();
    assertThat(RadialCentres.rows(network)).isEqualTo(4);

    RadialCentres.fill(network, List.of(ROWS));

    float[] filled = network.parameters().toFloatVector();
    assertThat(Arrays.copyOf(filled, 18)).isEqualTo(ROWS.dup('c').ravel().toFloatVector());
    assertThat(Arrays.copyOfRange(filled, 18, filled.length))
        .as("the fourth unit and the other layers")
        .isEqualTo(Arrays.copyOfRange(drawn, 18, drawn.length));
  }

  @Test
  void laterLayersKeepWhatTheyWereDrawnAs() {
    Network network = network(List.of(Map.of("type", "dense", "units", 6), RADIAL));
    float[] drawn = network.parameters().toFloatVector();
    assertThat(RadialCentres.rows(network)).isZero();

    RadialCentres.fill(network, List.of(ROWS));

    assertThat(network.parameters().toFloatVector()).isEqualTo(drawn);
  }
}
