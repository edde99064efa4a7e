package io.evenstep.model.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.loss.ElementwiseLoss;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.SampleNetworks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.SequentialNetwork;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class CheckedGradientTest {
  private static final double TOLERANCE = 1e-5;
  private static final GradientCheck.Settings SETTINGS =
      new GradientCheck.Settings(40, TOLERANCE, 3);

  /** Squared error with a slope that is a tenth too large. */
  public static final class WrongLoss extends ElementwiseLoss {
    private static final long serialVersionUID = 1L;

    @Override
    public double term(double output, double label) {
      return (output - label) * (output - label);
    }

    @Override
    public double derivative(double output, double label) {
      return 2.2 * (output - label);
    }

    @Override
    public boolean isMean() {
      return true;
    }
  }

  private static Network network(List<Map<String, Object>> layers, Shape shape) {
    NetworkSpec spec =
        SampleNetworks.withPenalties(
            SampleNetworks.spec(new NetworkSpec.Layers(layers)), 0.01, 0.02, 0);
    return Networks.build(spec, DataShape.of(shape, Shape.of(3), Task.CLASSIFICATION));
  }

  @Test
  void passesReluDropoutAndBatchNormWithPenalties() {
    Network network =
        network(
            List.of(
                Map.of("type", "dense", "units", 7, "activation", "relu", "dropout", 0.4),
                Map.of("type", "batchNorm"),
                Map.of("type", "dense", "units", 5, "activation", "leakyRelu(0.1)")),
            Shape.of(4));
    double[] before = network.parameters().toDoubleVector();

    List<CheckedLayer> layers =
        GradientCheck.run(network, SampleNetworks.batch(6, Shape.of(4), 3, 1), SETTINGS);

    assertThat(layers)
        .extracting(CheckedLayer::type)
        .containsExactly("DenseLayer", "BatchNormalization", "DenseLayer", "OutputLayer");
    assertThat(layers)
        .allSatisfy(
            layer -> {
              assertThat(layer.largestError()).as("%s", layer).isLessThan(TOLERANCE);
              assertThat(layer.checked()).isPositive();
            });
    assertThat(network.parameters().toDoubleVector()).as("left as they were").isEqualTo(before);
    assertThat(Nd4j.dataType()).isEqualTo(DataType.FLOAT);
  }

  @Test
  void passesAGraph() {
    Network network =
        network(
            List.of(
                Map.of("type", "dense", "units", 6, "id", "a"),
                Map.of("type", "dense", "units", 6, "id", "b"),
                Map.of("type", "dense", "units", 4, "from", List.of("a", "b"), "combine", "add")),
            Shape.of(4));

    List<CheckedLayer> layers =
        GradientCheck.run(network, SampleNetworks.batch(6, Shape.of(4), 3, 1), SETTINGS);

    assertThat(layers).hasSize(4);
    assertThat(layers).allMatch(layer -> layer.largestError() < TOLERANCE);
  }

  @Test
  void findsAWrongSlope() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .list()
            .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build())
            .layer(
                new OutputLayer.Builder(new WrongLoss())
                    .nIn(5)
                    .nOut(3)
                    .activation(Activation.IDENTITY)
                    .build())
            .build();
    MiniBatch rows = SampleNetworks.batch(6, Shape.of(4), 3, 1);

    List<CheckedLayer> layers =
        GradientCheck.run(SequentialNetwork.of(configuration, Clipping.NONE), rows, SETTINGS);

    assertThat(layers)
        .hasSize(2)
        .allSatisfy(
            layer -> assertThat(layer.largestError()).as("%s", layer).isBetween(0.05, 0.15));
  }
}
