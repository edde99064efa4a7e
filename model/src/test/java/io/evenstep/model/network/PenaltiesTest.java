package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.optimizer.LocalRate;
import io.evenstep.model.optimizer.TrustRatio;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Penalties of a job, on the weights of each of DL4J's layers. */
class PenaltiesTest {
  private static final Shape SEQUENCE = Shape.of(3, 5);

  static Stream<List<Map<String, Object>>> networks() {
    Map<String, Object> lstm = Map.of("type", "lstm", "units", 4, "returnSequences", true);
    Map<String, Object> last = Map.of("type", "simpleRnn", "units", 4);
    return Stream.of(
        List.of(lstm, last),
        List.of(Map.of("type", "bidirectionalLstm", "units", 4), last),
        List.of(
            Map.of("type", "lstm", "units", 4, "id", "a"),
            Map.of("type", "dense", "units", 4, "from", "a")));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areThereOnceEach(List<Map<String, Object>> layers) {
    NetworkSpec spec = SampleNetworks.withPenalties(spec("adam", layers), 0.1, 0.2, 0.3);
    assertThat(penalties(spec))
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each)
                    .containsExactly(
                        new L1Regularization(0.1),
                        new L2Regularization(0.2),
                        new WeightDecay(0.3, true)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void endWithTheTrustRatioUnderLamb(List<Map<String, Object>> layers) {
    NetworkSpec spec = SampleNetworks.withPenalties(spec("lamb", layers), 0, 0, 0.3);
    assertThat(penalties(spec))
        .isNotEmpty()
        .allSatisfy(
            each -> assertThat(each).containsExactly(new WeightDecay(0.3, true), new TrustRatio()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void endWithTheLocalRateUnderLars(List<Map<String, Object>> layers) {
    NetworkSpec spec = SampleNetworks.withPenalties(spec("lars", layers), 0, 0.2, 0);
    assertThat(penalties(spec))
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each)
                    .containsExactly(new L2Regularization(0.2), new LocalRate(0.2, 0.001)));
  }

  @Test
  void followTheOptimizerOfAJobThatTrainsANetworkOn() {
    List<Map<String, Object>> layers = networks().findFirst().orElseThrow();
    Blueprint blueprint = NetworkBuilder.blueprint(spec("lamb", layers), data());
    Imports.withOptimizer(blueprint, spec("lion", layers));
    assertThat(penalties(blueprint)).allSatisfy(each -> assertThat(each).isEmpty());
    Imports.withOptimizer(blueprint, spec("lamb", layers));
    assertThat(penalties(blueprint))
        .allSatisfy(each -> assertThat(each).containsExactly(new TrustRatio()));
  }

  private static NetworkSpec spec(String optimizer, List<Map<String, Object>> layers) {
    return SampleNetworks.spec(
        new NetworkSpec.Layers(layers),
        new OptimizerSpec(optimizer, 0.01, Map.of()),
        SampleNetworks.CONSTANT);
  }

  private static DataShape data() {
    return DataShape.of(SEQUENCE, Shape.of(3), Task.CLASSIFICATION);
  }

  private static List<List<Regularization>> penalties(NetworkSpec spec) {
    return penalties(NetworkBuilder.blueprint(spec, data()));
  }

  /** Of all weights: those of the inputs and the recurrent ones. */
  private static List<List<Regularization>> penalties(Blueprint blueprint) {
    return blueprint.layers().stream()
        .map(configuration -> configuration.getLayer())
        .flatMap(layer -> Stream.of("W", "RW", "fW", "bRW").flatMap(name -> of(layer, name)))
        .toList();
  }

  private static Stream<List<Regularization>> of(Layer layer, String parameter) {
    boolean isBoth = layer instanceof org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
    if (isBoth != (parameter.startsWith("f") || parameter.startsWith("b"))) {
      return Stream.empty();
    }
    return Stream.ofNullable(layer.getRegularizationByParam(parameter));
  }
}
