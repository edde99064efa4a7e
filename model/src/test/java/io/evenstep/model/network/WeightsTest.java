package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.GraphNetwork;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A row's loss is multiplied by its weight. */
class WeightsTest {
  private static final Shape VECTOR = Shape.of(6);

  @Test
  void ofTwoGiveTheGradientOfTheRowTwice() {
    NetworkSpec spec =
        SampleNetworks.spec(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(5))));
    countsTwice(Networks.build(spec, DataShape.of(VECTOR, Shape.of(3), Task.CLASSIFICATION)));
  }

  @Test
  void ofTwoGiveTheGradientOfTheRowTwiceInAGraph() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "dense",
                    new DenseLayer.Builder().nIn(6).nOut(4).activation(Activation.TANH).build(),
                    "in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "dense")
                .setOutputs("out")
                .build());
    graph.init();
    countsTwice(GraphNetwork.of(graph.getConfiguration(), Clipping.NONE));
  }

  private static void countsTwice(Network network) {
    MiniBatch rows = SampleNetworks.batch(4, VECTOR, 3, 1);
    INDArray weights = Nd4j.createFromArray(new float[][] {{2}, {1}, {0}, {1}});
    MiniBatch weighted =
        new MiniBatch(
            rows.features(),
            rows.labels(),
            List.of(),
            List.of(),
            Optional.of(weights),
            4,
            () -> {});
    MiniBatch repeated = MiniBatch.of(pick(rows.features().get(0)), pick(rows.labels().get(0)));

    double weightedLoss = network.computeGradient(weighted, 0);
    float[] gradient = network.gradient().toFloatVector();
    double repeatedLoss = network.computeGradient(repeated, 0);

    assertThat(weightedLoss).isCloseTo(repeatedLoss, offset(1e-5));
    assertThat(gradient).containsExactly(network.gradient().toFloatVector(), offset(1e-6f));
    assertThat(network.loss(weighted)).isEqualTo(network.loss(rows));
    network.computeGradient(rows, 0);
    assertThat(network.gradient().toFloatVector()).isNotEqualTo(gradient);
  }

  /** Row 0 twice, and row 2 not at all. */
  private static INDArray pick(INDArray array) {
    return Nd4j.vstack(
        array.getRow(0, true), array.getRow(0, true), array.getRow(1, true), array.getRow(3, true));
  }
}
