package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.network.dl4j.Clipping;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkSizeTest {
  private static final int MOST = Integer.MAX_VALUE;

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(layer("dense", "units", 7), Shape.of(5)),
        new Sample(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "conv2d", "filters", 3),
                    Map.of("type", "batchNorm"),
                    Map.of("type", "maxPool"),
                    Map.of("type", "dense", "units", 4))),
            Shape.of(2, 8, 9)),
        new Sample(layer("lstm", "units", 6), Shape.of(3, 5)),
        new Sample(layer("gru", "units", 6), Shape.of(3, 5)),
        new Sample(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "dense", "units", 5, "id", "a"),
                    Map.of("type", "dense", "units", 5, "id", "b"),
                    Map.of("type", "dense", "units", 3, "from", List.of("a", "b")))),
            Shape.of(4)),
        new Sample(new NetworkSpec.Named("lenet", Map.of()), Shape.of(1, 28, 28)));
  }

  private record Sample(NetworkSpec.Source source, Shape input) {}

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsCountedBeforeIsWhatTheNetworkThenHas(Sample sample) {
    DataShape data = DataShape.of(sample.input, Shape.of(2), Task.CLASSIFICATION);
    NetworkSpec spec = SampleNetworks.spec(sample.source);
    NetworkSize before =
        NetworkSize.of(NetworkBuilder.blueprint(spec, data), List.of(sample.input));

    NetworkSize measured = NetworkSize.of(Networks.build(spec, data), data);

    assertThat(before.parameters()).isEqualTo(measured.parameters());
    assertThat(before.optimizerState()).isEqualTo(measured.optimizerState());
    assertThat(before.activations()).isBetween(measured.activations() / 3, measured.activations());
  }

  static Stream<List<Layer>> giants() {
    return Stream.of(
        List.of(dense(MOST, MOST), output(MOST)),
        List.of(dense(4, 200_000), dense(200_000, 200_000_000), output(200_000_000)),
        List.of(new EmbeddingLayer.Builder().nIn(MOST).nOut(MOST).build(), output(MOST)),
        List.of(new Convolution2D.Builder(MOST, MOST).nIn(MOST).nOut(MOST).build(), output(4)),
        List.of(
            new SeparableConvolution2D.Builder(MOST, MOST)
                .depthMultiplier(MOST)
                .nIn(MOST)
                .nOut(MOST)
                .build(),
            output(4)),
        List.of(
            dense(4, MOST),
            new BatchNormalization.Builder().nIn(MOST).nOut(MOST).build(),
            output(MOST)),
        List.of(
            new Bidirectional(new LSTM.Builder().nIn(MOST).nOut(MOST).build()),
            new RnnOutputLayer.Builder().nIn(2L * MOST).nOut(2).build()));
  }

  /** ND4J would end the process; there is no failed allocation to catch. */
  @ParameterizedTest
  @MethodSource("giants")
  void whatNoMemoryHoldsIsRefusedBeforeItIsMade(List<Layer> layers) {
    NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder().list();
    layers.forEach(list::layer);
    MultiLayerConfiguration configuration = list.validateOutputLayerConfig(false).build();

    assertThatThrownBy(() -> Blueprint.of(configuration).create(Clipping.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "Cannot build the network: it takes at least [0-9.,]+ TiB of memory, and this machine"
                + " has [0-9.,]+ .iB; the network has [0-9,]+ parameters, [0-9,]+ of them in layer"
                + " . \\(layer.\\), .* make its layers or its input smaller");
  }

  @Test
  void theJobsOwnNetworkIsRefusedInTheSameWords() {
    NetworkSpec spec =
        SampleNetworks.spec(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(MOST, MOST))));
    DataShape data = DataShape.of(Shape.of(4), Shape.of(2), Task.CLASSIFICATION);

    assertThatThrownBy(() -> Networks.build(spec, data))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Cannot build the network: it takes at least ");
  }

  @Test
  void rowsThatGrowOutOfAllMemoryAreRefusedAtTheirLayer() {
    NetworkSpec spec =
        SampleNetworks.spec(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "upsample2d", "size", 1024),
                    Map.of("type", "upsample2d", "size", 1024),
                    Map.of("type", "upsample2d", "size", 1024),
                    Map.of("type", "dense", "units", 2))));
    DataShape data = DataShape.of(Shape.of(1, 28, 28), Shape.of(2), Task.CLASSIFICATION);

    assertThatThrownBy(() -> Networks.build(spec, data))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid model.layers[1]: must give rows of at most 2147483647 numbers, and images of"
                + " at most 1048576 pixels per side, got [1, 29360128, 29360128]");
  }

  private static NetworkSpec.Layers layer(String type, String parameter, int value) {
    return new NetworkSpec.Layers(List.of(Map.of("type", type, parameter, value)));
  }

  private static Layer dense(long in, long out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).build();
  }

  private static Layer output(long in) {
    return new OutputLayer.Builder().nIn(in).nOut(2).build();
  }
}
