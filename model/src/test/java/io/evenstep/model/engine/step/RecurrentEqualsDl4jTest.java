package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.normal;
import static io.evenstep.model.engine.step.Cases.oneHot;
import static io.evenstep.model.engine.step.Cases.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.Cases.Case;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Programs over sequences: outputs, losses and gradients of DL4J. */
class RecurrentEqualsDl4jTest {
  private static final int ROWS = 6;
  private static final int SIZE = 4;
  private static final int STEPS = 7;
  private static final InputType SEQUENCE = InputType.recurrent(SIZE, STEPS);

  static Stream<Case> networks() {
    return Stream.of(
        last("lstm", lstm(8)),
        last("lstm of lstm", lstm(8), lstm(5)),
        windows("convolution", ConvolutionMode.Truncate, PoolingType.MAX),
        windows("same convolution", ConvolutionMode.Same, PoolingType.AVG),
        windows("causal convolution", ConvolutionMode.Causal, PoolingType.MAX),
        last("simple", new SimpleRnn.Builder().nOut(8).build()),
        each("both ways", new Bidirectional(Bidirectional.Mode.CONCAT, lstm(8))),
        each("both ways added", lstm(5), new Bidirectional(Bidirectional.Mode.ADD, lstm(8))),
        each("both ways averaged", new Bidirectional(Bidirectional.Mode.AVERAGE, graves(8))),
        each(
            "both ways multiplied",
            new Bidirectional(Bidirectional.Mode.MUL, new SimpleRnn.Builder().nOut(8).build())),
        last("peepholes", graves(8)),
        each("each step", lstm(8)),
        each("each step with peepholes", graves(5), lstm(8)),
        new Case("mask of labels", each("", lstm(8)).network(), masked(steps())),
        new Case(
            "mean of steps",
            stack(SEQUENCE, lstm(8), pooled(PoolingType.AVG), Cases.output()),
            whole()),
        new Case(
            "largest of steps",
            stack(SEQUENCE, lstm(8), pooled(PoolingType.MAX), Cases.output()),
            whole()));
  }

  private static Case last(String name, Layer... layers) {
    Layer[] all = new Layer[layers.length + 1];
    System.arraycopy(layers, 0, all, 0, layers.length);
    all[layers.length - 1] = new LastTimeStep(layers[layers.length - 1]);
    all[layers.length] = Cases.output();
    return new Case(name, stack(SEQUENCE, all), whole());
  }

  private static Case each(String name, Layer... layers) {
    Layer[] all = new Layer[layers.length + 1];
    System.arraycopy(layers, 0, all, 0, layers.length);
    all[layers.length] =
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .nOut(Cases.CLASSES)
            .activation(Activation.SOFTMAX)
            .build();
    return new Case(name, stack(SEQUENCE, all), steps());
  }

  private static Case windows(String name, ConvolutionMode mode, PoolingType type) {
    Layer convolution =
        new Convolution1DLayer.Builder()
            .kernelSize(3)
            .stride(1)
            .nOut(5)
            .convolutionMode(mode)
            .activation(Activation.RELU)
            .build();
    Layer pooling = new Subsampling1DLayer.Builder(type).kernelSize(2).stride(2).build();
    return new Case(
        name,
        stack(SEQUENCE, convolution, pooling, new LastTimeStep(lstm(6)), Cases.output()),
        whole());
  }

  private static Layer pooled(PoolingType type) {
    return new GlobalPoolingLayer.Builder(type).build();
  }

  private static LSTM lstm(int units) {
    return new LSTM.Builder().nOut(units).build();
  }

  @SuppressWarnings("deprecation") // it is what saved networks have
  private static GravesLSTM graves(int units) {
    return new GravesLSTM.Builder().nOut(units).build();
  }

  private static MiniBatch whole() {
    return MiniBatch.of(normal(1, ROWS, SIZE, STEPS), oneHot(2, ROWS));
  }

  private static MiniBatch steps() {
    INDArray labels = Nd4j.create(ROWS, Cases.CLASSES, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = 0; step < STEPS; step++) {
        labels.putScalar(row, (3 * row + 5 * step + row * step) % Cases.CLASSES, step, 1);
      }
    }
    return MiniBatch.of(normal(1, ROWS, SIZE, STEPS), labels);
  }

  private static MiniBatch masked(MiniBatch batch) {
    INDArray mask = Nd4j.ones(ROWS, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = STEPS - row; step < STEPS; step++) {
        mask.putScalar(row, step, 0);
      }
    }
    return new MiniBatch(
        batch.features(), batch.labels(), List.of(), List.of(Optional.of(mask)), ROWS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void computesWhatDl4jDoes(Case it) {
    StepEqualsDl4jTest.requireEqual(it.network(), it.batch());
  }

  @Test
  void saysWhatItDoesNotCover() {
    assertThat(
            StepCompiler.uncovered(
                stack(
                    SEQUENCE,
                    new LastTimeStep(
                        new LSTM.Builder().nOut(3).activation(Activation.SOFTSIGN).build()),
                    Cases.output())))
        .hasValue("layer 0 (LastTimeStep): last step of (LSTM): an activation other than tanh");
  }

  @Test
  void refusesMasksOfInputs() {
    Case it = last("", lstm(5));
    MiniBatch masked =
        new MiniBatch(
            it.batch().features(),
            it.batch().labels(),
            List.of(Optional.of(Nd4j.ones(ROWS, STEPS))),
            List.of(),
            ROWS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StepCompiler.forTraining(it.network(), ShardShape.of(masked)))
        .withMessage("Cannot compile: sequences of unequal lengths (masks of inputs)");
  }
}
