package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Network;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks by name have the sizes of the published ones, and learn. */
class PublishedNetworksTest {
  private static final int CLASSES = 1000;

  /**
   * Counted for 1000 classes. AlexNet's two towers have 60,965,224; one tower has the connections
   * between them, too. GoogLeNet is without its auxiliary outputs. Residual networks: as
   * torchvision counts them, without the running statistics of batch normalization.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "alexnet,   227, 62378344",
    "googlenet, 224,  6998552",
    "resnet18,  224, 11689512",
    "resnet34,  224, 21797672",
    "resnet50,  224, 25557032"
  })
  void haveTheirPublishedParameters(String name, int pixels, long parameters) {
    Blueprint network =
        NetworkBuilder.blueprint(
            spec(name, Map.of()),
            DataShape.of(Shape.of(3, pixels, pixels), Shape.of(CLASSES), Task.CLASSIFICATION));

    long statistics =
        network.layers().stream()
            .filter(layer -> layer.getLayer() instanceof BatchNormalization)
            .mapToLong(PublishedNetworksTest::statistics)
            .sum();
    assertThat(network.parameterCount() - statistics).isEqualTo(parameters);
  }

  /** Mean and variance: half of a batch normalization's parameters. */
  private static long statistics(NeuralNetConfiguration layer) {
    return layer.getLayer().initializer().numParams(layer) / 2;
  }

  /** Without resnet34, which is a longer resnet18. */
  static Stream<Arguments> small() {
    return Stream.of(
        Arguments.of("alexnet", 67, Map.of("units", 32, "dropout", 0.0)),
        Arguments.of("googlenet", 32, Map.of()),
        Arguments.of("resnet18", 16, Map.of()),
        Arguments.of("resnet50", 16, Map.of()));
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  void learnSmallImages(String name, int pixels, Map<String, Object> parameters) {
    Shape image = Shape.of(3, pixels, pixels);
    DataShape data = DataShape.of(image, Shape.of(3), Task.CLASSIFICATION);
    Network network = Networks.build(spec(name, parameters), data);
    MiniBatch batch =
        MiniBatch.of(SampleNetworks.features(6, image, 3), SampleNetworks.oneHot(6, 3, 4));
    double first = network.computeGradient(batch, 1);
    network.step(0, 0, 6);
    double last = first;
    for (int step = 1; step < 4; step++) {
      last = network.computeGradient(batch, step);
      network.step(step, 0, 6);
    }
    assertThat(last).isLessThan(first);
  }

  private static NetworkSpec spec(String name, Map<String, Object> parameters) {
    return SampleNetworks.spec(
        new NetworkSpec.Named(name, parameters),
        new OptimizerSpec("sgd", 1e-5, Map.of()),
        SampleNetworks.CONSTANT);
  }
}
