package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.FlatArrays;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Adding up the gradients of shards and taking one step equals DL4J's fit of the joined batch. */
class StepEqualsFitTest {
  private static final double CLIP = 0.01;
  private static final Shape IMAGE = Shape.of(1, 10, 10);

  static Stream<Arguments> everyCombination() {
    return Stream.of("mlp", "cnn", "graph")
        .flatMap(
            network ->
                Stream.of("sgd", "nesterov", "adam")
                    .flatMap(
                        optimizer ->
                            Stream.of(0.0, 0.01)
                                .flatMap(
                                    l2 ->
                                        Stream.of(0.0, CLIP)
                                            .map(
                                                clip ->
                                                    Arguments.of(network, optimizer, l2, clip)))));
  }

  @ParameterizedTest(name = "{0} {1} l2={2} clip={3}")
  @MethodSource("everyCombination")
  void addsUpShardsToTheStepOfTheJoinedBatch(
      String kind, String optimizer, double l2, double clip) {
    Model joined = model(kind, optimizer, l2, clip);
    Network sharded = create(model(kind, optimizer, l2, 0), new Clipping(clip, 0));

    for (int step = 0; step < 3; step++) {
      MiniBatch batch = SampleNetworks.batch(22, IMAGE, 3, 7 + step);
      double loss = stepInShards(sharded, SampleNetworks.split(batch, 8, 8, 6), step);
      double penalty = sharded.penalty();
      assertThat(loss / 22 + penaltyBefore(joined)).isCloseTo(fit(joined, batch), within(1e-5));
      assertThat(penalty).isCloseTo(penaltyBefore(joined), within(1e-5));
    }

    assertThat(distance(sharded.parameters(), joined.params())).isLessThan(1e-6);
    assertThat(sharded.optimizerState().isPresent()).isEqualTo(!optimizer.equals("sgd"));
    sharded
        .optimizerState()
        .ifPresent(state -> assertThat(distance(state, stateOf(joined))).isLessThan(1e-6));
    assertThat(sharded.stepsTaken()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"mlp", "cnn", "graph"})
  void givesTheBitsOfFitWhenTheBatchIsOneShard(String kind) {
    Model model = model(kind, "adam", 0.01, 0);
    Network network = create(model(kind, "adam", 0.01, 0), Clipping.NONE);

    for (int step = 0; step < 3; step++) {
      MiniBatch batch = SampleNetworks.batch(16, IMAGE, 3, 7 + step);
      network.computeGradient(batch, 0);
      network.step(step, 0, 16);
      fit(model, batch);
    }

    assertThat(FlatArrays.sha256(network.parameters()))
        .isEqualTo(FlatArrays.sha256(model.params().reshape(model.params().length())));
  }

  private static double stepInShards(Network network, List<MiniBatch> shards, int step) {
    INDArray sum = Nd4j.zerosLike(network.gradient());
    double loss = 0;
    for (MiniBatch shard : shards) {
      loss += network.computeGradient(shard, 0);
      sum.addi(network.gradient());
    }
    network.gradient().assign(sum);
    network.step(step, 0, shards.stream().mapToInt(MiniBatch::rows).sum());
    return loss;
  }

  private static double fit(Model model, MiniBatch batch) {
    DataSet rows = new DataSet(batch.features().get(0), batch.labels().get(0));
    if (model instanceof MultiLayerNetwork layers) {
      layers.fit(rows);
    } else {
      ((ComputationGraph) model).fit(rows);
    }
    return model.score();
  }

  private static double penaltyBefore(Model model) {
    return model instanceof MultiLayerNetwork layers
        ? layers.calcRegularizationScore(true)
        : ((ComputationGraph) model).calcRegularizationScore(true);
  }

  private static INDArray stateOf(Model model) {
    return model instanceof MultiLayerNetwork layers
        ? layers.getUpdater().getStateViewArray()
        : ((ComputationGraph) model).getUpdater().getStateViewArray();
  }

  private static double distance(INDArray left, INDArray right) {
    return left.reshape(left.length())
        .sub(right.reshape(right.length()))
        .amaxNumber()
        .doubleValue();
  }

  private static Network create(Model model, Clipping clipping) {
    String json =
        model instanceof MultiLayerNetwork layers
            ? layers.getLayerWiseConfigurations().toJson()
            : ((ComputationGraph) model).getConfiguration().toJson();
    return Blueprint.parse(json, AllowedTypes.BUILT_IN, "test").create(clipping);
  }

  private static Model model(String kind, String optimizer, double l2, double clip) {
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .activation(Activation.TANH)
            .l2(l2)
            .updater(updater(optimizer))
            .gradientNormalization(
                clip > 0
                    ? GradientNormalization.ClipElementWiseAbsoluteValue
                    : GradientNormalization.None)
            .gradientNormalizationThreshold(CLIP);
    Model model =
        switch (kind) {
          case "mlp" -> new MultiLayerNetwork(mlp(common));
          case "cnn" -> new MultiLayerNetwork(cnn(common));
          default -> new ComputationGraph(graph(common));
        };
    model.init();
    return model;
  }

  private static IUpdater updater(String name) {
    // Adam divides by the size of the gradient. When an entry is hardly above rounding, rounding
    // alone moves the weight by a large part of the rate. So 1e-6 needs a small rate.
    double rate = name.equals("adam") ? 0.005 : 0.05;
    return NetworkBuilder.updater(new OptimizerSpec(name, rate, Map.of()), SampleNetworks.CONSTANT);
  }

  private static MultiLayerConfiguration mlp(NeuralNetConfiguration.Builder common) {
    return common
        .list()
        .layer(new DenseLayer.Builder().nOut(12).build())
        .layer(new DenseLayer.Builder().nOut(9).build())
        .layer(output())
        .setInputType(InputType.convolutional(10, 10, 1))
        .build();
  }

  private static MultiLayerConfiguration cnn(NeuralNetConfiguration.Builder common) {
    return common
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(new DenseLayer.Builder().nOut(9).build())
        .layer(output())
        .setInputType(InputType.convolutional(10, 10, 1))
        .build();
  }

  private static ComputationGraphConfiguration graph(NeuralNetConfiguration.Builder common) {
    return common
        .graphBuilder()
        .addInputs("in")
        .addLayer("left", new DenseLayer.Builder().nOut(8).build(), "in")
        .addLayer("right_side", new DenseLayer.Builder().nOut(7).build(), "in")
        .addVertex("both", new MergeVertex(), "left", "right_side")
        .addLayer("out", output(), "both")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(10, 10, 1))
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }
}
