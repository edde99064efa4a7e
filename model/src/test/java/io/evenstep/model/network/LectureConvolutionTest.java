package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The lecture's example of convolution and of pooling, which was computed by hand. */
class LectureConvolutionTest {
  private static final float[][] KERNEL = {{-1, 0, 1}, {2, 1, 2}, {1, -2, 0}};
  private static final float[][] PATCH = {{5, 2, 6}, {4, 3, 4}, {3, 9, 2}};
  private static final float[][] PIXELS = {{4, 1, 5, 0}, {7, 8, 9, 8}, {3, 5, 6, 5}, {2, 4, 1, 0}};

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"STEP", "DL4J"})
  void aKernelOnAPatchGivesFive(EngineChoice engine) throws IOException {
    Map<String, Object> convolution =
        Map.of("type", "conv2d", "filters", 1, "kernel", 3, "activation", "identity");
    Network network = network(convolution, Shape.of(1, 3, 3), 1);
    // DL4J has a convolution's bias first; then the output layer's weight and bias
    INDArray kernel = Nd4j.createFromArray(KERNEL).reshape(9);
    network
        .parameters()
        .assign(
            Nd4j.concat(0, Nd4j.zeros(1), kernel, Nd4j.createFromArray(1f, 0f))
                .reshape(network.parameters().shape()));

    assertThat(outputs(network, PATCH, engine)).containsExactly(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"STEP", "DL4J"})
  void poolingKeepsTheLargestOfEachWindow(EngineChoice engine) throws IOException {
    Network network = network(Map.of("type", "maxPool"), Shape.of(1, 4, 4), 4);
    INDArray weights = Nd4j.eye(4).reshape(16);
    network
        .parameters()
        .assign(Nd4j.concat(0, weights, Nd4j.zeros(4)).reshape(network.parameters().shape()));

    assertThat(outputs(network, PIXELS, engine)).containsExactly(8, 9, 5, 6);
  }

  private static Network network(Map<String, Object> layer, Shape image, int outputs) {
    NetworkSpec spec = SampleNetworks.spec(new NetworkSpec.Layers(List.of(layer)));
    return Networks.build(spec, DataShape.of(image, Shape.of(outputs), Task.REGRESSION));
  }

  private static float[] outputs(Network network, float[][] image, EngineChoice engine)
      throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    network.save(zip);
    Artifact artifact = new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
    int side = image.length;
    INDArray features = Nd4j.createFromArray(image).reshape(1, 1, side, side);
    MiniBatch row = new MiniBatch(List.of(features), List.of(), List.of(), List.of(), 1);
    try (Predictions predictions = Engines.scorer(artifact, engine).predict(row)) {
      return predictions.outputs().get(0).dup('c').reshape(-1).toFloatVector();
    }
  }
}
