package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.oneHot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DataException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.Cases.Case;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Embeddings give DL4J's outputs, losses and gradients. */
class EmbeddingEqualsDl4jTest {
  private static final int VOCABULARY = 11;
  private static final int ROWS = 6;
  private static final int STEPS = 7;

  static Stream<Case> networks() {
    return Stream.of(
        new Case("a number a row", one(false), words(1)),
        new Case("with biases and activation", one(true), words(1)),
        new Case("pooled", sequence(false, new GlobalPoolingLayer(PoolingType.AVG)), words(STEPS)),
        new Case("with biases", sequence(true, new GlobalPoolingLayer()), words(STEPS)),
        new Case(
            "read by an LSTM",
            sequence(false, new LastTimeStep(new LSTM.Builder().nOut(5).build())),
            words(STEPS)),
        new Case(
            "of unequal lengths",
            sequence(true, new LastTimeStep(new LSTM.Builder().nOut(5).build())),
            unequal(words(STEPS))));
  }

  private static MultiLayerConfiguration one(boolean more) {
    Layer embedding =
        new EmbeddingLayer.Builder()
            .nIn(VOCABULARY)
            .nOut(4)
            .hasBias(more)
            .activation(more ? Activation.TANH : Activation.IDENTITY)
            .build();
    return Cases.common()
        .list()
        .layer(embedding)
        .layer(new DenseLayer.Builder().nIn(4).nOut(7).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(7)
                .nOut(Cases.CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private static MultiLayerConfiguration sequence(boolean hasBias, Layer reader) {
    Layer embedding =
        new EmbeddingSequenceLayer.Builder()
            .nIn(VOCABULARY)
            .nOut(4)
            .hasBias(hasBias)
            .inferInputLength(true)
            .build();
    return Cases.common()
        .list()
        .layer(embedding)
        .layer(reader)
        .layer(Cases.dense(6))
        .layer(Cases.output())
        .setInputType(InputType.recurrent(VOCABULARY, STEPS))
        .validateOutputLayerConfig(false)
        .build();
  }

  private static MiniBatch words(int steps) {
    Random random = new Random(3);
    INDArray words = Nd4j.create(ROWS, steps);
    for (long i = 0; i < words.length(); i++) {
      words.putScalar(i, random.nextInt(VOCABULARY));
    }
    return MiniBatch.of(words, oneHot(2, ROWS));
  }

  private static MiniBatch unequal(MiniBatch batch) {
    INDArray mask = Nd4j.ones(ROWS, STEPS);
    mask.putScalar(2, STEPS - 1, 0);
    mask.putScalar(4, STEPS - 1, 0);
    mask.putScalar(4, STEPS - 2, 0);
    return new MiniBatch(
        batch.features(), batch.labels(), List.of(Optional.of(mask)), List.of(), ROWS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void computesWhatDl4jDoes(Case it) {
    StepEqualsDl4jTest.requireEqual(it.network(), it.batch());
  }

  @Test
  void forgetsTheWordsOfTheShardBefore() {
    MultiLayerConfiguration network = one(true);
    MiniBatch batch = words(1);
    MiniBatch zeros = MiniBatch.of(Nd4j.zeros(ROWS, 1), batch.labels().get(0));
    INDArray parameters = new Dl4jReference(network).parameters();
    INDArray alone = Nd4j.create(parameters.length());
    INDArray after = Nd4j.create(parameters.length());
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
      program.load(parameters.data().address());
      program.shard().of(zeros);
      program.accumulate(0, alone.data().address());
      program.shard().of(batch);
      program.accumulate(0, after.data().address());
      program.shard().of(zeros);
      program.accumulate(0, after.data().address());
    }
    assertThat(after.toFloatVector()).containsExactly(alone.toFloatVector());
  }

  @Test
  void namesANumberThatIsNone() {
    MultiLayerConfiguration network = one(false);
    MiniBatch batch = words(1);
    batch.features().get(0).putScalar(3, VOCABULARY);
    try (StepProgram program = StepCompiler.forInference(network, ShardShape.of(batch))) {
      program.load(new Dl4jReference(network).parameters().data().address());
      program.shard().of(batch);
      assertThatThrownBy(program::predict)
          .isInstanceOf(DataException.class)
          .hasMessage("Cannot look up a number in an embedding: must be from 0 to 10, got 11.0");
    }
  }
}
