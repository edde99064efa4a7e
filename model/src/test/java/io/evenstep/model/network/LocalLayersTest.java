package io.evenstep.model.network;

import static java.util.Arrays.copyOfRange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.gradcheck.GradientCheck;
import io.evenstep.model.network.NetworkSpec.Named;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that learn by a rule of their own. */
class LocalLayersTest {
  private static final OptimizerSpec WHOLE_WAY = new OptimizerSpec("sgd", 1, Map.of());

  @Test
  void aMapTakesTheWeightedMeansOfItsRows() {
    Network map = network("kohonen", grid(1, 2, 1, 0.25), 1);
    set(map, 0, 1, 1, 1, 1); // prototypes 0 / 1 and 1 / 1, and all of the radius
    double h = Math.exp(-0.5); // for the neighbour of the winner

    step(map, rows(new float[][] {{0.2f}, {0.9f}}), 1);

    assertThat(numbers(map))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly((0.2 + 0.9 * h) / 2, (0.2 * h + 0.9) / 2, (1 + h) / 2, (1 + h) / 2, 0.5);
    INDArray given = map.predict(rows(new float[][] {{0.2f}, {0.7f}})).get(0);
    assertThat(given.getDouble(0)).isCloseTo((0.2 + 0.9 * h) / (1 + h), within(1e-6));
    assertThat(given.getDouble(1)).isCloseTo((0.2 * h + 0.9) / (1 + h), within(1e-6));
  }

  @Test
  void theRadiusOfAMapShrinksToItsLast() {
    Network map = network("kohonen", grid(2, 2, 1, 0.25), 3);
    for (int step = 0; step < 4; step++) {
      map.computeGradient(rows(SampleNetworks.features(5, Shape.of(3), step)), 1);
      map.step(step, 0, 5);
    }

    assertThat(map.parameters().getDouble(map.parameters().length() - 1)).isEqualTo(0.25);
  }

  @Test
  void aMapGoesPartOfTheWayAndShrinksAllTheSame() {
    Network map =
        network("kohonen", grid(1, 2, 1, 0.25), 1, new OptimizerSpec("sgd", 0.5, Map.of()));
    set(map, 0, 1, 1, 1, 1);

    step(map, rows(new float[][] {{0.2f}}), 1);

    double h = Math.exp(-0.5);
    assertThat(numbers(map))
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(0.1, (1 + 0.2 * h) / 2, 1.0, (1 + h) / 2, 0.5);
  }

  @Test
  void aMachineTakesTheDifferenceOfTheProducts() {
    Network machine = network("rbm", Map.of("hidden", 1), 2);
    set(machine, 0, 0, 0, 0, 0); // all probabilities are a half, whatever is drawn

    machine.computeGradient(rows(new float[][] {{1, 0}, {1, 0.25f}}), 1);

    // weights: v1 h1 - v0 h0; visible: v1 - v0; hidden: h1 - h0
    assertThat(machine.gradient().toDoubleVector())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(-0.5, 0.375, -1, 0.75, 0);
  }

  @Test
  void aMachineDrawsByTheKeyOnly() {
    Network machine = network("rbm", Map.of("hidden", 5), 7);
    MiniBatch rows = rows(SampleNetworks.features(6, Shape.of(7), 3));
    String first = gradient(machine, rows, 11);

    assertThat(gradient(machine, rows, 12)).isNotEqualTo(first);
    assertThat(gradient(machine, rows, 11)).isEqualTo(first);
  }

  private static String gradient(Network network, MiniBatch rows, long key) {
    network.computeGradient(rows, key);
    return FlatArrays.sha256(network.gradient());
  }

  @Test
  void aMachineLearnsTwoPatterns() {
    Network machine =
        network("rbm", Map.of("hidden", 4), 4, new OptimizerSpec("sgd", 0.5, Map.of()));
    MiniBatch rows = rows(new float[][] {{1, 1, 0, 0}, {0, 0, 1, 1}});
    double before = machine.loss(rows);
    for (int step = 0; step < 400; step++) {
      machine.computeGradient(rows, step);
      machine.step(step, 0, 2);
    }

    assertThat(machine.loss(rows)).isLessThan(before / 10);
  }

  @Test
  void aMemoryKeepsTheMeanProducts() {
    Network memory = network("hopfield", Map.of(), 3);

    step(memory, rows(new float[][] {{1, -1, 1}, {1, 1, -1}}), 0);

    assertThat(numbers(memory)).containsExactly(0, 0, 0, 0, 0, -1, 0, -1, 0);
  }

  @Test
  void aMemoryRecallsThePatternBehindAWrongBit() {
    Network memory = network("hopfield", Map.of(), 8);
    float[][] patterns = {{1, 1, 1, 1, -1, -1, -1, -1}, {1, -1, 1, -1, 1, -1, 1, -1}};
    step(memory, rows(patterns), 0);
    float[][] starts = {{-0.5f, 1, 1, 1, -1, -1, -1, -1}, {1, -1, 1, -1, 1, -1, 1, 0.5f}};

    assertThat(memory.predict(rows(starts)).get(0).toFloatMatrix()).isDeepEqualTo(patterns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kohonen", "rbm", "hopfield"})
  void comesBackFromItsZip(String name) throws IOException {
    Network network = network(name, Map.of(), 6);
    MiniBatch batch = rows(SampleNetworks.features(6, Shape.of(6), 7));
    step(network, batch, 0);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    network.save(zip);

    Network restored = Networks.restore(zip.toByteArray(), Clipping.NONE, AllowedTypes.BUILT_IN);

    assertThat(restored.configurationJson()).isEqualTo(network.configurationJson());
    assertThat(restored.predict(batch)).isEqualTo(network.predict(batch));
    step(network, batch, 1);
    step(restored, batch, 1);
    assertThat(FlatArrays.sha256(restored.parameters()))
        .isEqualTo(FlatArrays.sha256(network.parameters()));
  }

  @Test
  void machinesBecomeTheHiddenLayersOfAClassifier(@TempDir Path folder) throws IOException {
    Network machines = network("rbm", Map.of("hidden", List.of(3, 2)), 4);
    step(machines, rows(SampleNetworks.features(6, Shape.of(4), 7)), 0);
    double[] saved = numbers(machines); // W 12, vb 4, hb 3, then W 6, vb 3, hb 2
    Path zip = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(zip)) {
      machines.save(out);
    }
    NetworkSpec.Dl4jZip source =
        new NetworkSpec.Dl4jZip(zip, AllowedTypes.BUILT_IN, NetworkSpec.Head.REPLACED);

    Network classifier =
        Networks.build(
            SampleNetworks.spec(source),
            DataShape.of(Shape.of(4), Shape.of(5), Task.CLASSIFICATION));

    double[] kept = numbers(classifier);
    assertThat(kept).hasSize(12 + 3 + 6 + 2 + 2 * 5 + 5);
    assertThat(copyOfRange(kept, 0, 12)).isEqualTo(copyOfRange(saved, 0, 12));
    assertThat(copyOfRange(kept, 12, 15)).isEqualTo(copyOfRange(saved, 16, 19));
    assertThat(copyOfRange(kept, 15, 21)).isEqualTo(copyOfRange(saved, 19, 25));
    assertThat(copyOfRange(kept, 21, 23)).isEqualTo(copyOfRange(saved, 28, 30));
    INDArray given = classifier.predict(SampleNetworks.batch(2, Shape.of(4), 5, 1)).get(0);
    assertThat(given.sum(1).toDoubleVector())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kohonen", "rbm", "hopfield"})
  void takesImagesToo(String name) {
    Shape image = Shape.of(1, 3, 3);
    Network network =
        Networks.build(
            SampleNetworks.spec(new Named(name, Map.of()), WHOLE_WAY, SampleNetworks.CONSTANT),
            DataShape.of(image, Shape.of(9), Task.REGRESSION));
    INDArray rows = SampleNetworks.features(4, image, 5);
    MiniBatch batch = MiniBatch.of(rows, rows.reshape('c', 4, 9));

    step(network, batch, 0);

    assertThat(network.predict(batch).get(0).shape()).containsExactly(4, 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kohonen", "rbm", "hopfield"})
  void hasNoGradientToCheck(String name) {
    Network network = network(name, Map.of(), 6);
    MiniBatch batch = rows(SampleNetworks.features(2, Shape.of(6), 7));

    assertThatThrownBy(
            () -> GradientCheck.run(network, batch, new GradientCheck.Settings(9, 1e-4, 1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.name");
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatThrownBy(() -> network("kohonen", Map.of(), 3, SampleNetworks.ADAM))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.optimizer: must be sgd with a learning rate of at most 1");
    assertThatThrownBy(() -> network("kohonen", Map.of("lastRadius", 4), 3))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.lastRadius: must be at most radius, 3.0");
    assertThatThrownBy(() -> network("kohonen", Map.of("grid", List.of(64, 65)), 3))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model.grid: must have at most 4096 units in all, got [64, 65]");
    assertThatThrownBy(
            () ->
                Networks.build(
                    SampleNetworks.spec(new Named("rbm", Map.of())),
                    DataShape.of(Shape.of(3), Shape.of(2), Task.CLASSIFICATION)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.task reconstruction");
    assertThatThrownBy(
            () ->
                Networks.build(
                    SampleNetworks.spec(new Named("rbm", Map.of())),
                    DataShape.of(Shape.of(3, 2), Shape.of(3, 2), Task.REGRESSION)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("it needs rows of numbers, or images");
  }

  private static Map<String, Object> grid(int height, int width, double radius, double last) {
    return Map.of(
        "grid", List.of(height, width), "radius", radius, "lastRadius", last, "radiusDecay", 0.5);
  }

  private static Network network(String name, Map<String, Object> parameters, int inputs) {
    return network(name, parameters, inputs, WHOLE_WAY);
  }

  private static Network network(
      String name, Map<String, Object> parameters, int inputs, OptimizerSpec optimizer) {
    return Networks.build(
        SampleNetworks.spec(new Named(name, parameters), optimizer, SampleNetworks.CONSTANT),
        DataShape.of(Shape.of(inputs), Shape.of(inputs), Task.REGRESSION));
  }

  private static void set(Network network, double... values) {
    assertThat(network.parameters().length()).isEqualTo(values.length);
    for (int i = 0; i < values.length; i++) {
      network.parameters().putScalar(i, values[i]);
    }
  }

  private static double[] numbers(Network network) {
    return network.parameters().toDoubleVector();
  }

  private static void step(Network network, MiniBatch rows, int step) {
    network.computeGradient(rows, 1);
    network.step(step, 0, rows.rows());
  }

  private static MiniBatch rows(float[][] rows) {
    return rows(Nd4j.createFromArray(rows));
  }

  private static MiniBatch rows(INDArray rows) {
    return MiniBatch.of(rows, rows.dup());
  }
}
