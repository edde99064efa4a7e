package io.evenstep.model.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.evenstep.model.catalog.Losses;
import io.evenstep.model.data.MiniBatch;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The weight or mask of a single row is a factor of that row, whatever else its shape could mean.
 */
class SingleRowTest {
  private static final int ROWS = 4;
  private static final float[] WEIGHTS = {1, 3, 0, 0.5f};
  private static final INDArray FEATURES =
      Nd4j.createFromArray(
          new float[][] {{1, 2, -1}, {0.5f, -1, 0.3f}, {-0.7f, 0.2f, 1}, {2, -0.4f, 0.1f}});

  static Stream<String> losses() {
    return Losses.names().stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void shardsOfOneRowGiveTheGradientOfTheWholeBatch(String loss) {
    for (int outputs : loss.equals("multiLabel") ? List.of(3) : List.of(3, 1)) {
      INDArray labels = labels(loss, outputs);
      for (Network network :
          List.of(sequential(loss, outputs), graph(loss, outputs), twoOutputs(loss, outputs))) {
        weightsAreFactors(network, labels);
      }
    }
  }

  private static void weightsAreFactors(Network network, INDArray labels) {
    Sum alone = new Sum();
    Sum weighted = new Sum();
    for (int row = 0; row < ROWS; row++) {
      INDArray features = FEATURES.getRow(row, true).dup();
      INDArray label = labels.getRow(row, true).dup();
      alone.add(network, batch(network, features, label, null), WEIGHTS[row]);
      weighted.add(network, batch(network, features, label, weights(row, row + 1)), 1);
    }
    weighted.requireEqual(alone);
    Sum whole = new Sum();
    whole.add(network, batch(network, FEATURES, labels, weights(0, ROWS)), 1);
    whole.requireEqual(alone);
  }

  private static INDArray weights(int from, int to) {
    INDArray weights = Nd4j.create(to - from, 1);
    for (int row = from; row < to; row++) {
      weights.putScalar(row - from, 0, WEIGHTS[row]);
    }
    return weights;
  }

  private static MiniBatch batch(
      Network network, INDArray features, INDArray labels, INDArray weights) {
    int outputs = network.predict(MiniBatch.of(features, labels)).size();
    return new MiniBatch(
        List.of(features),
        Collections.nCopies(outputs, labels),
        List.of(),
        List.of(),
        Optional.ofNullable(weights),
        (int) features.size(0),
        () -> {});
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theMaskOfASingleRowIsItsFactor(String loss) {
    if (loss.equals("multiLabel")) {
      return; // DL4J's version takes no mask
    }
    INDArray features = FEATURES.getRow(1, true).dup();
    INDArray labels = labels(loss, 3).getRow(1, true).dup();
    for (Network network : List.of(sequential(loss, 3), graph(loss, 3))) {
      for (float factor : new float[] {1, 0}) {
        Sum plain = new Sum();
        plain.add(network, MiniBatch.of(features, labels), factor);
        Sum masked = new Sum();
        MiniBatch row = masked(features, labels, Nd4j.valueArrayOf(new long[] {1, 1}, factor));
        masked.add(network, row, 1);
        masked.requireEqual(plain);
        assertThat(network.loss(row))
            .isCloseTo(factor * network.loss(MiniBatch.of(features, labels)), offset(1e-5));
      }
    }
  }

  @Test
  void theMaskOfASingleStepOfASingleSequenceIsItsFactor() {
    Network network = sequences();
    INDArray features = Nd4j.createFromArray(new float[] {-1, 0, 1}).reshape(1, 3, 1);
    INDArray labels = Nd4j.createFromArray(new float[] {0, 1}).reshape(1, 2, 1);
    Sum plain = new Sum();
    plain.add(network, MiniBatch.of(features, labels), 1);
    Sum masked = new Sum();
    masked.add(network, masked(features, labels, Nd4j.ones(FEATURES.dataType(), 1, 1)), 1);
    masked.requireEqual(plain);
    masked.add(network, masked(features, labels, Nd4j.zeros(FEATURES.dataType(), 1, 1)), 1);
    masked.requireEqual(plain);
  }

  private static MiniBatch masked(INDArray features, INDArray labels, INDArray mask) {
    return new MiniBatch(
        List.of(features), List.of(labels), List.of(), List.of(Optional.of(mask)), 1);
  }

  private static INDArray labels(String loss, int outputs) {
    float[][] rows =
        switch (loss) {
          case "crossEntropy",
              "negativeLogLikelihood",
              "binaryCrossEntropy",
              "multiLabel",
              "cosineProximity" ->
              new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
          case "klDivergence" ->
              new float[][] {{.2f, .3f, .5f}, {.6f, .2f, .2f}, {.1f, .1f, .8f}, {.4f, .4f, .2f}};
          case "hinge",
              "squaredHinge",
              "wasserstein",
              "perceptron",
              "logistic",
              "exponential",
              "savage",
              "tangent" ->
              new float[][] {{1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, -1, 1}};
          default -> new float[][] {{1, 2, 3}, {2, 1, 4}, {3, 5, 1}, {1, 1, 2}};
        };
    return Nd4j.createFromArray(rows)
        .get(NDArrayIndex.all(), NDArrayIndex.interval(0, outputs))
        .dup('c');
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build();
  }

  private static OutputLayer output(String loss, int outputs) {
    boolean softmax = Losses.activation(loss) == Activation.SOFTMAX;
    Activation activation = outputs == 1 && softmax ? Activation.SIGMOID : Losses.activation(loss);
    return new OutputLayer.Builder(Losses.create(loss))
        .nIn(4)
        .nOut(outputs)
        .activation(activation)
        .build();
  }

  private static Network sequential(String loss, int outputs) {
    return SequentialNetwork.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .list(dense(), output(loss, outputs))
            .validateOutputLayerConfig(false)
            .build(),
        Clipping.NONE);
  }

  private static Network graph(String loss, int outputs) {
    return GraphNetwork.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("in")
            .addLayer("dense", dense(), "in")
            .addLayer("out", output(loss, outputs), "dense")
            .setOutputs("out")
            .validateOutputLayerConfig(false)
            .build(),
        Clipping.NONE);
  }

  private static Network twoOutputs(String loss, int outputs) {
    return GraphNetwork.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("in")
            .addLayer("dense", dense(), "in")
            .addLayer("one", output(loss, outputs), "dense")
            .addLayer("two", output(loss, outputs), "dense")
            .setOutputs("one", "two")
            .validateOutputLayerConfig(false)
            .build(),
        Clipping.NONE);
  }

  private static Network sequences() {
    return SequentialNetwork.of(
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .list(
                new LSTM.Builder().nIn(3).nOut(4).build(),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(4)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build(),
        Clipping.NONE);
  }

  /** Gradients and losses of some batches, added up. */
  private static final class Sum {
    private double loss;
    private INDArray gradient = Nd4j.zeros(FEATURES.dataType(), 1);

    void add(Network network, MiniBatch batch, float factor) {
      loss += factor * network.computeGradient(batch, 0);
      INDArray mine = network.gradient().mul(factor);
      gradient = gradient.length() == 1 ? mine : gradient.add(mine);
    }

    void requireEqual(Sum expected) {
      assertThat(loss).isCloseTo(expected.loss, offset(1e-4));
      assertThat(gradient.toFloatVector())
          .containsExactly(expected.gradient.toFloatVector(), offset(1e-4f));
    }
  }
}
