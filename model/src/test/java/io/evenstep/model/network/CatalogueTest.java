package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.catalog.Losses;
import io.evenstep.model.catalog.Optimizers;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Schedules;
import io.evenstep.model.catalog.WeightInits;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.ISchedule;

/** Every name of every catalogue builds, takes a step, and continues equally in plain DL4J. */
class CatalogueTest {
  private static final Shape VECTOR = Shape.of(5);
  private static final NetworkSpec MLP =
      SampleNetworks.spec(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(7))));

  static Stream<NetworkSpec> everyName() {
    return Stream.of(
            Optimizers.names().stream().map(CatalogueTest::withOptimizer),
            Schedules.names().stream().map(CatalogueTest::withSchedule),
            Losses.names().stream().map(name -> SampleNetworks.withLoss(MLP, name)),
            Activations.names().stream().map(name -> SampleNetworks.withActivation(MLP, name)),
            WeightInits.names().stream().map(name -> SampleNetworks.withWeightInit(MLP, name)),
            Stream.of(SampleNetworks.withPenalties(MLP, 1e-3, 1e-3, 1e-3)))
        .flatMap(specs -> specs);
  }

  private static NetworkSpec withOptimizer(String name) {
    return SampleNetworks.spec(
        MLP.source(), new OptimizerSpec(name, 0.01, Map.of()), SampleNetworks.CONSTANT);
  }

  private static NetworkSpec withSchedule(String name) {
    Map<String, Double> parameters = name.equals("step") ? Map.of("everySteps", 2.0) : Map.of();
    return SampleNetworks.spec(
        MLP.source(), SampleNetworks.ADAM, new ScheduleSpec(name, 3, 10, parameters));
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void trainsAndGoesOnTheSameInPlainDl4j(NetworkSpec spec) throws IOException {
    Network network = build(spec);
    INDArray labels = SampleNetworks.oneHot(8, 3, 2);
    if (spec.loss().equals(Optional.of("mape"))) {
      labels.addi(1); // a share of 0 is infinite
    }
    MiniBatch batch = MiniBatch.of(SampleNetworks.features(8, VECTOR, 1), labels);
    INDArray before = network.parameters().dup();
    step(network, batch, 0);
    byte[] zip = zip(network);
    MultiLayerNetwork plain =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), true);
    Network restored = Networks.restore(zip, Clipping.NONE, AllowedTypes.BUILT_IN);

    step(network, batch, 1);
    step(restored, batch, (int) restored.stepsTaken());
    org.nd4j.linalg.factory.Nd4j.getRandom().setSeed(1);
    plain.fit(new DataSet(batch.features().get(0), batch.labels().get(0)));

    assertThat(network.parameters().isNaN().any()).isFalse();
    if (!spec.weightInit().equals("zero") || network.parameters().equals(before)) {
      assertThat(network.parameters()).isNotEqualTo(before);
    }
    assertThat(FlatArrays.sha256(restored.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()))
        .isEqualTo(FlatArrays.sha256(plain.params().reshape(plain.params().length())));
  }

  private static Network build(NetworkSpec spec) {
    return Networks.build(spec, DataShape.of(VECTOR, Shape.of(3), Task.CLASSIFICATION));
  }

  private static void step(Network network, MiniBatch batch, int step) {
    network.computeGradient(batch, 1);
    network.step(step, 0, batch.rows());
  }

  private static byte[] zip(Network network) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    network.save(out);
    return out.toByteArray();
  }

  @Test
  void schedulesDoWhatTheySay() {
    assertThat(rate("step", 0, 4, Map.of("everySteps", 2.0, "gamma", 0.5))).isEqualTo(0.25);
    assertThat(rate("exponential", 0, 3, Map.of("gamma", 0.5))).isEqualTo(0.125);
    assertThat(rate("inverse", 0, 4, Map.of("gamma", 0.5, "power", 2.0))).isEqualTo(1 / 9.0);
    assertThat(rate("polynomial", 0, 5, Map.of("power", 2.0))).isEqualTo(0.25);
    assertThat(rate("polynomial", 0, 20, Map.of("minimum", 0.1))).isEqualTo(0.1);
    assertThat(rate("cosine", 0, 5, Map.of("minimum", 0.5))).isEqualTo(0.75);
    assertThat(rate("cosine", 0, 10, Map.of())).isEqualTo(0);
  }

  @Test
  void warmsUpLinearlyToTheSchedule() {
    assertThat(rate("constant", 4, 0, Map.of())).isEqualTo(0.25);
    assertThat(rate("constant", 4, 1, Map.of())).isEqualTo(0.5);
    assertThat(rate("constant", 4, 4, Map.of())).isEqualTo(1);
    assertThat(rate("constant", 4, 9, Map.of())).isEqualTo(1);
  }

  /** With a base rate of 1 and ten steps in all. */
  private static double rate(String name, long warmup, int step, Map<String, Double> parameters) {
    ISchedule schedule = Schedules.create(name, 1, warmup, 10, parameters).orElseThrow();
    return schedule.valueAt(step, 0);
  }

  @Test
  void everyStandardValueKeepsItsOwnRule() {
    Stream.of(
            Optimizers.entries(),
            Schedules.entries(),
            io.evenstep.model.catalog.layer.LayerTypes.entries(),
            io.evenstep.model.catalog.Augmentations.entries())
        .flatMap(List::stream)
        .flatMap(entry -> entry.parameters().stream())
        .filter(parameter -> parameter.standard().isPresent())
        .forEach(parameter -> assertThat(keepsRule(parameter)).as(parameter.name()).isTrue());
  }

  private static boolean keepsRule(Parameter parameter) {
    Object value = parameter.standard().orElseThrow();
    return switch (parameter.rule()) {
      case COUNT -> value instanceof Integer count && count >= 1;
      case SIZE, MARGIN, COUNTS -> value instanceof List;
      case ABOVE_ZERO -> value instanceof Double number && number > 0;
      case AT_LEAST_ZERO -> value instanceof Double number && number >= 0;
      case FRACTION -> value instanceof Double number && number >= 0 && number < 1;
      case PROBABILITY -> value instanceof Double number && number >= 0 && number <= 1;
      case INSIDE_UNIT -> value instanceof Double number && number > 0 && number < 1;
      case NUMBERS -> value instanceof List;
      case FLAG -> value instanceof Boolean;
      case NAME -> value instanceof String;
      case NAMES -> value instanceof List;
      case CHOICE -> parameter.choices().contains(value);
    };
  }
}
