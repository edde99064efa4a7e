package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.catalog.layer.LayerTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every layer type's gradient against central differences, in double precision.
 *
 * <p>With a step of 1e-6 the difference has a truncation error near 1e-12 and a rounding error near
 * 1e-16 / 1e-6 = 1e-10 of the loss: correct gradients agree to better than 1e-5 of their size, or
 * to 1e-8 where they nearly vanish. A wrong gradient is off by far more.
 */
class GradientCheckTest {
  private static final double STEP = 1e-6;
  private static final double RELATIVE = 1e-5;
  private static final double ABSOLUTE = 1e-8;
  private static final Set<String> STATISTICS = // of batchNorm, no parameters of the loss
      Stream.of("mean", "var", "log10stdev")
          .flatMap(name -> Stream.of("0_", "1_").map(layer -> layer + name))
          .collect(Collectors.toSet());
  private static final Shape VECTOR = Shape.of(6);
  private static final Shape SEQUENCE = Shape.of(3, 5);
  private static final Shape IMAGE = Shape.of(2, 6, 6);

  static Stream<Arguments> stacks() {
    Map<String, Object> last = Map.of("type", "globalPool");
    return Stream.of(
        Arguments.of(VECTOR, List.of(Map.of("type", "dense", "units", 5))),
        Arguments.of(
            VECTOR, List.of(Map.of("type", "dense", "units", 5), Map.of("type", "batchNorm"))),
        Arguments.of(VECTOR, List.of(Map.of("type", "activation", "name", "softplus"))),
        Arguments.of(VECTOR, List.of(Map.of("type", "dropout", "rate", 0))),
        Arguments.of(IMAGE, List.of(Map.of("type", "conv2d", "filters", 3))),
        Arguments.of(IMAGE, List.of(convolution("conv2d"), Map.of("type", "batchNorm"))),
        Arguments.of(
            IMAGE,
            List.of(
                Map.of("type", "flatten"),
                Map.of("type", "batchNorm"),
                Map.of("type", "dense", "units", 4))),
        Arguments.of(IMAGE, List.of(convolution("separableConv2d"))),
        Arguments.of(IMAGE, List.of(convolution("transposedConv2d"))),
        Arguments.of(IMAGE, List.of(Map.of("type", "depthwiseConv2d", "multiplier", 2))),
        Arguments.of(
            IMAGE, List.of(Map.of("type", "conv2d", "filters", 2), Map.of("type", "maxPool"))),
        Arguments.of(
            IMAGE, List.of(Map.of("type", "conv2d", "filters", 2), Map.of("type", "avgPool"))),
        Arguments.of(
            IMAGE,
            List.of(
                Map.of("type", "conv2d", "filters", 6),
                Map.of("type", "localResponseNorm", "alpha", 0.1, "k", 1.0),
                last)),
        Arguments.of(IMAGE, List.of(convolution("conv2d"), last)),
        Arguments.of(IMAGE, List.of(convolution("conv2d"), Map.of("type", "upsample2d"), last)),
        Arguments.of(
            IMAGE, List.of(Map.of("type", "zeroPad2d"), Map.of("type", "conv2d", "filters", 2))),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "lstm", "units", 3))),
        Arguments.of(
            SEQUENCE, List.of(Map.of("type", "lstm", "units", 3, "returnSequences", true), last)),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "bidirectionalLstm", "units", 2), last)),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "gru", "units", 3))),
        Arguments.of(
            SEQUENCE, List.of(Map.of("type", "gru", "units", 3, "returnSequences", true), last)),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "bidirectionalGru", "units", 2), last)),
        Arguments.of(SEQUENCE, attending(Map.of("type", "selfAttention", "heads", 2))),
        Arguments.of(
            SEQUENCE, attending(Map.of("type", "selfAttention", "heads", 4, "causal", true))),
        Arguments.of(SEQUENCE, attending(Map.of("type", "layerNorm"))),
        Arguments.of(SEQUENCE, attending(Map.of("type", "positions"))),
        Arguments.of(
            VECTOR, List.of(Map.of("type", "dense", "units", 5), Map.of("type", "layerNorm"))),
        Arguments.of(
            VECTOR,
            List.of(
                Map.of("type", "dense", "units", 3),
                Map.of("type", "rbf", "units", 4, "width", 1.5))),
        Arguments.of(VECTOR, List.of(Map.of("type", "rbf", "units", 4, "width", 2))),
        Arguments.of(
            VECTOR,
            List.of(
                Map.of("type", "dense", "units", 5),
                Map.of("type", "sparsity", "penalty", 0.1),
                Map.of("type", "dense", "units", 3))),
        Arguments.of(
            VECTOR,
            List.of(
                Map.of("type", "dense", "units", 6),
                Map.of("type", "gaussianSample"),
                Map.of("type", "dense", "units", 4))),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "simpleRnn", "units", 3))),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "jordan", "units", 4, "outputs", 2))),
        Arguments.of(
            SEQUENCE,
            List.of(
                Map.of("type", "jordan", "units", 4, "outputs", 2, "returnSequences", true), last)),
        Arguments.of(SEQUENCE, List.of(Map.of("type", "conv1d", "filters", 3), last)),
        Arguments.of(
            SEQUENCE,
            List.of(
                Map.of("type", "conv1d", "filters", 3, "padding", "same"),
                Map.of("type", "maxPool1d"),
                last)),
        Arguments.of(
            SEQUENCE,
            List.of(
                Map.of("type", "conv1d", "filters", 3, "padding", "same"),
                Map.of("type", "avgPool1d"),
                last)),
        Arguments.of(
            Shape.of(4), List.of(Map.of("type", "embedding", "vocabulary", 7, "units", 3), last)));
  }

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void useSinglePrecisionAgain() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  private static Map<String, Object> convolution(String type) {
    return Map.of(
        "type", type, "filters", 2, "kernel", 2, "stride", 2, "padding", "same", "bias", true);
  }

  private static List<Map<String, Object>> attending(Map<String, Object> layer) {
    return List.of(Map.of("type", "stepDense", "units", 4), layer, Map.of("type", "globalPool"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("stacks")
  void analyticGradientsAgreeWithDifferences(Shape shape, List<Map<String, Object>> layers) {
    boolean words = LayerTypes.type(layers.get(0)).equals("embedding");
    INDArray features =
        words
            ? Nd4j.createFromArray(new double[][] {{0, 6, 3, 3}, {1, 2, 5, 0}, {4, 4, 1, 6}})
            : SampleNetworks.features(3, shape, 5).castTo(DataType.DOUBLE);

    assertThat(
            GradientCheckUtil.checkGradients(
                inDoublePrecision(shape, layers),
                STEP,
                RELATIVE,
                ABSOLUTE,
                false,
                true,
                features,
                SampleNetworks.oneHot(3, 3, 6).castTo(DataType.DOUBLE),
                null,
                null,
                false,
                -1,
                STATISTICS,
                7)) // the seed of noise, the same for each pass
        .isTrue();
  }

  @Test
  void coversEveryLayerType() {
    List<String> covered = new ArrayList<>();
    stacks()
        .map(stack -> (List<?>) stack.get()[1])
        .forEach(layers -> layers.forEach(l -> covered.add(LayerTypes.type((Map<String, ?>) l))));

    assertThat(covered).containsAll(LayerTypes.names());
  }

  /** As a job would build it, but with smooth activations, because differences need a slope. */
  private static MultiLayerNetwork inDoublePrecision(
      Shape shape, List<Map<String, Object>> layers) {
    NetworkSpec spec =
        SampleNetworks.withActivation(
            SampleNetworks.spec(
                new NetworkSpec.Layers(layers),
                new OptimizerSpec("sgd", 1, Map.of()), // required by the check
                SampleNetworks.CONSTANT),
            "tanh");
    MultiLayerConfiguration configuration =
        ((Blueprint.Sequence)
                NetworkBuilder.blueprint(
                    spec, DataShape.of(shape, Shape.of(3), Task.CLASSIFICATION)))
            .configuration();
    configuration.setDataType(DataType.DOUBLE);
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      layer.setDataType(DataType.DOUBLE);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }
}
