package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Networks of layers that DL4J lacks are written and read like DL4J's own. */
class OwnLayersTest {
  private static final Shape SEQUENCE = Shape.of(4, 5);

  static Stream<List<Map<String, Object>>> networks() {
    Map<String, Object> pool = Map.of("type", "globalPool");
    return Stream.of(
        List.of(Map.of("type", "gru", "units", 3)),
        List.of(Map.of("type", "gru", "units", 3, "returnSequences", true), pool),
        List.of(Map.of("type", "bidirectionalGru", "units", 3), pool),
        List.of(
            Map.of("type", "positions"),
            Map.of("type", "selfAttention", "heads", 2, "causal", true),
            Map.of("type", "layerNorm"),
            Map.of("type", "stepDense", "units", 6, "activation", "gelu"),
            pool));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void comeBackFromTheirZip(List<Map<String, Object>> layers) throws IOException {
    DataShape data = DataShape.of(SEQUENCE, Shape.of(3), Task.CLASSIFICATION);
    Network network = Networks.build(SampleNetworks.spec(new NetworkSpec.Layers(layers)), data);
    MiniBatch batch = MiniBatch.of(SampleNetworks.features(6, SEQUENCE, 7), labels());
    network.computeGradient(batch, 1);
    network.step(0, 0, 6);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    network.save(zip);

    Network restored = Networks.restore(zip.toByteArray(), Clipping.NONE, AllowedTypes.BUILT_IN);

    assertThat(restored.configurationJson()).isEqualTo(network.configurationJson());
    assertThat(FlatArrays.sha256(restored.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()));
    assertThat(restored.predict(batch)).isEqualTo(network.predict(batch));
  }

  private static INDArray labels() {
    return SampleNetworks.oneHot(6, 3, 8);
  }
}
