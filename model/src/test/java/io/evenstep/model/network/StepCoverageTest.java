package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.engine.step.StepCompiler;
import io.evenstep.model.engine.step.update.FusedUpdate;
import io.evenstep.model.network.dl4j.Clipping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast engine covers everything in the catalogue. */
class StepCoverageTest {
  private static final NetworkSpec MLP =
      SampleNetworks.spec(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(7))));

  static List<String> losses() {
    return Losses.names();
  }

  static List<String> activations() {
    return Activations.names();
  }

  static List<String> optimizers() {
    return Optimizers.names();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("io.evenstep.model.network.GradientCheckTest#stacks")
  void coversEveryLayer(Shape shape, List<Map<String, Object>> layers) {
    NetworkSpec spec = SampleNetworks.spec(new NetworkSpec.Layers(layers));
    assertThat(uncovered(SampleNetworks.withActivation(spec, "tanh"), shape)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void coversEveryLoss(String loss) {
    assertThat(uncovered(SampleNetworks.withLoss(MLP, loss), Shape.of(5))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void coversEveryActivation(String activation) {
    assertThat(uncovered(SampleNetworks.withActivation(MLP, activation), Shape.of(5))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"concatenate", "add", "average", "multiply", "max"})
  void coversEveryCombination(String combine) {
    List<Map<String, Object>> layers =
        List.of(
            Map.of("type", "dense", "units", 4, "id", "a"),
            Map.of("type", "dense", "units", 4, "id", "b"),
            Map.of("type", "dense", "units", 4, "id", "c"),
            Map.of(
                "type", "dense", "units", 3, "from", List.of("a", "b", "c"), "combine", combine));
    assertThat(uncovered(SampleNetworks.spec(new NetworkSpec.Layers(layers)), Shape.of(5)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void coversEveryOptimizerWithEveryPenalty(String optimizer) {
    NetworkSpec spec =
        SampleNetworks.spec(
            MLP.source(), new OptimizerSpec(optimizer, 0.01, Map.of()), SampleNetworks.CONSTANT);
    Blueprint blueprint =
        NetworkBuilder.blueprint(
            SampleNetworks.withPenalties(spec, 0.1, 0.1, 0.1), data(Shape.of(5)));
    assertThat(FusedUpdate.uncovered(blueprint.create(Clipping.NONE).updater())).isEmpty();
  }

  private static Optional<String> uncovered(NetworkSpec spec, Shape shape) {
    Blueprint blueprint = NetworkBuilder.blueprint(spec, data(shape));
    return blueprint instanceof Blueprint.Sequence layers
        ? StepCompiler.uncovered(layers.configuration())
        : StepCompiler.uncovered(((Blueprint.Graph) blueprint).configuration());
  }

  private static DataShape data(Shape shape) {
    return DataShape.of(shape, Shape.of(3), Task.CLASSIFICATION);
  }
}
