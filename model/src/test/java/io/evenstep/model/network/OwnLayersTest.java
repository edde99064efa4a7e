package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.layer.SelfAttention;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Networks of layers that DL4J lacks are written and read like DL4J's own. */
class OwnLayersTest {
  private static final Shape SEQUENCE = Shape.of(4, 5);

  static Stream<List<Map<String, Object>>> networks() {
    Map<String, Object> pool = Map.of("type", "globalPool");
    return Stream.of(
        List.of(Map.of("type", "gru", "units", 3)),
        List.of(Map.of("type", "gru", "units", 4), Map.of("type", "gaussianSample")),
        List.of(Map.of("type", "jordan", "units", 4, "outputs", 2)),
        List.of(
            Map.of("type", "gru", "units", 3),
            Map.of("type", "sparsity", "penalty", 0.1),
            Map.of("type", "rbf", "units", 5, "width", 0.7)),
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

  @Test
  void attentionDoesNotSeePadding() {
    MultiLayerNetwork network = attention();
    INDArray mask = Nd4j.create(new double[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}});
    INDArray rows = Nd4j.rand(DataType.DOUBLE, 2, 4, 5);
    network.setLayerMaskArrays(mask, mask);
    INDArray before = network.output(rows, false, mask, mask);
    INDArray first = before.get(point(0), all(), interval(0, 3)).dup();
    INDArray other = rows.dup();
    other.get(point(0), all(), interval(3, 5)).addi(7);

    INDArray after = network.output(other, false, mask, mask);

    assertThat(after.get(point(0), all(), interval(0, 3))).isEqualTo(first);
    other.get(point(1), all(), interval(3, 5)).addi(7);
    assertThat(network.output(other, false, mask, mask).get(point(1), all(), interval(0, 3)))
        .isNotEqualTo(before.get(point(1), all(), interval(0, 3)));
  }

  @Test
  void gradientsOfAttentionBesidePaddingAreThoseOfTheLoss() {
    MultiLayerNetwork network = attention();
    INDArray mask = Nd4j.create(new double[][] {{1, 1, 1, 0, 0}, {1, 1, 1, 1, 1}});
    network.setInput(Nd4j.rand(DataType.DOUBLE, 2, 4, 5));
    network.setLabels(Nd4j.rand(DataType.DOUBLE, 2, 2, 5));
    network.setLayerMaskArrays(mask, mask);
    network.computeGradientAndScore();
    INDArray gradient = network.gradient().gradient().dup();

    for (int i = 0; i < network.numParams(); i++) {
      double mean = (loss(network, i, 1e-5) - loss(network, i, -1e-5)) / 2e-5;
      double numeric = 2 * mean; // the gradient is a sum over both rows
      assertThat(gradient.getDouble(i)).as("parameter %d", i).isCloseTo(numeric, within(1e-7));
    }
  }

  private static double loss(MultiLayerNetwork network, int parameter, double change) {
    double value = network.params().getDouble(parameter);
    network.params().putScalar(parameter, value + change);
    network.computeGradientAndScore();
    network.params().putScalar(parameter, value);
    return network.score();
  }

  private static MultiLayerNetwork attention() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(SelfAttention.ofAllSteps(2))
                .layer(
                    new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nOut(2)
                        .build())
                .setInputType(InputType.recurrent(4, 5))
                .build());
    network.init();
    return network;
  }

  private static INDArray labels() {
    return SampleNetworks.oneHot(6, 3, 8);
  }
}
