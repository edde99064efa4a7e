package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.normal;
import static io.evenstep.model.engine.step.Cases.oneHot;
import static io.evenstep.model.engine.step.Cases.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DataException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.Cases.Case;
import io.evenstep.model.layer.Gru;
import io.evenstep.model.layer.Jordan;
import io.evenstep.model.layer.LayerNorm;
import io.evenstep.model.layer.Positions;
import io.evenstep.model.layer.SelfAttention;
import io.evenstep.model.layer.StepDense;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
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
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Programs over sequences have DL4J's outputs, losses and gradients. */
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
        last("gated units", new Gru(8)),
        each("gated units each step", new Gru(8), new Gru(5)),
        each("gated units both ways", new Bidirectional(Bidirectional.Mode.CONCAT, new Gru(8))),
        new Case(
            "gated units of unequal lengths", last("", new Gru(8)).network(), unequal(whole())),
        last("outputs fed back", new Jordan(7, 3)),
        each("outputs fed back each step", new Jordan(7, 3), new Jordan(4, 5)),
        new Case(
            "gated units of unequal lengths both ways",
            each("", new Bidirectional(Bidirectional.Mode.ADD, new Gru(8))).network(),
            unequal(steps())),
        new Case(
            "simple of unequal lengths",
            last("", simple(Activation.TANH), simple(Activation.SOFTSIGN)).network(),
            unequal(whole())),
        new Case(
            "simple of unequal lengths each step",
            each("", simple(Activation.SOFTSIGN), simple(Activation.RELU)).network(),
            unequal(steps())),
        each("attention", new Positions(), SelfAttention.ofAllSteps(2), new LayerNorm()),
        each(
            "attention to earlier steps",
            new StepDense(6, new ActivationGELU()),
            SelfAttention.ofEarlierSteps(3),
            new LayerNorm()),
        new Case(
            "attention beside padding",
            each("", lstm(6), SelfAttention.ofAllSteps(2)).network(),
            unequal(steps())),
        new Case(
            "attention to earlier steps beside padding",
            stack(
                SEQUENCE,
                lstm(6),
                SelfAttention.ofEarlierSteps(3),
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                Cases.output()),
            unequal(whole())),
        unequalWindows("windows of unequal lengths", ConvolutionMode.Truncate, 1),
        unequalWindows("wide steps over unequal lengths", ConvolutionMode.Truncate, 2),
        unequalWindows("same windows of unequal lengths", ConvolutionMode.Same, 1),
        unequalWindows("same wide steps over unequal lengths", ConvolutionMode.Same, 2),
        unequalWindows("causal windows of unequal lengths", ConvolutionMode.Causal, 1),
        last("peepholes", graves(8)),
        each("stepped peepholes", stepped(5), stepped(8)),
        each("stepped both ways", new Bidirectional(Bidirectional.Mode.CONCAT, stepped(8))),
        each("each step", lstm(8)),
        each("each step with peepholes", graves(5), lstm(8)),
        new Case("unequal lengths", last("", lstm(8), lstm(5)).network(), unequal(whole())),
        new Case("unequal lengths pooled", pooled(PoolingType.AVG).network(), unequal(whole())),
        new Case("their largest", pooled(PoolingType.MAX).network(), unequal(whole())),
        new Case("their sum", pooled(PoolingType.SUM).network(), unequal(whole())),
        new Case(
            "unequal lengths both ways",
            each("", new Bidirectional(Bidirectional.Mode.CONCAT, lstm(8))).network(),
            unequal(steps())),
        new Case("mask of labels", each("", lstm(8)).network(), masked(steps())),
        pooled(PoolingType.AVG),
        pooled(PoolingType.MAX),
        pooled(PoolingType.SUM));
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

  /** Windows before and after a recurrent layer, and pooling within steps and over all. */
  private static Case unequalWindows(String name, ConvolutionMode mode, int stride) {
    Layer before =
        new Convolution1DLayer.Builder()
            .kernelSize(2)
            .stride(stride)
            .nOut(5)
            .convolutionMode(mode)
            .activation(Activation.TANH)
            .build();
    Layer within = new Subsampling1DLayer.Builder(PoolingType.MAX).kernelSize(2).stride(1).build();
    Layer after =
        new Convolution1DLayer.Builder()
            .kernelSize(2)
            .stride(1)
            .nOut(4)
            .convolutionMode(mode)
            .build();
    Layer over = new GlobalPoolingLayer.Builder(PoolingType.AVG).build();
    return new Case(
        name,
        stack(SEQUENCE, before, within, lstm(6), after, over, Cases.output()),
        unequal(whole()));
  }

  private static Case pooled(PoolingType type) {
    Layer pooling = new GlobalPoolingLayer.Builder(type).build();
    return new Case(type + " of steps", stack(SEQUENCE, lstm(8), pooling, Cases.output()), whole());
  }

  private static SimpleRnn simple(Activation activation) {
    return new SimpleRnn.Builder().nOut(5).activation(activation).build();
  }

  private static LSTM lstm(int units) {
    return new LSTM.Builder().nOut(units).build();
  }

  @SuppressWarnings("deprecation") // it is what saved networks have
  private static GravesLSTM graves(int units) {
    return new GravesLSTM.Builder().nOut(units).build();
  }

  @SuppressWarnings("deprecation") // it is what saved networks have
  private static GravesLSTM stepped(int units) {
    return new GravesLSTM.Builder()
        .nOut(units)
        .activation(Activation.SOFTSIGN)
        .gateActivationFunction(Activation.HARDSIGMOID)
        .build();
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
    return new MiniBatch(
        batch.features(), batch.labels(), List.of(), List.of(Optional.of(mask())), ROWS);
  }

  private static MiniBatch unequal(MiniBatch batch) {
    return new MiniBatch(
        batch.features(), batch.labels(), List.of(Optional.of(mask())), batch.labelMasks(), ROWS);
  }

  private static INDArray mask() {
    INDArray mask = Nd4j.ones(ROWS, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = STEPS - row; step < STEPS; step++) {
        mask.putScalar(row, step, 0);
      }
    }
    return mask;
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
                        new LSTM.Builder().nOut(3).activation(Activation.SOFTMAX).build()),
                    Cases.output())))
        .hasValue("layer 0 (LastTimeStep): last step of (LSTM): the activation softmax");
  }

  @Test
  void refusesMasksOfInputsThatDl4jTreatsInItsOwnWay() {
    MultiLayerConfiguration windows =
        stack(
            SEQUENCE,
            new Convolution1DLayer.Builder(3)
                .stride(2)
                .convolutionMode(ConvolutionMode.Causal)
                .nOut(5)
                .build(),
            new LastTimeStep(lstm(5)),
            Cases.output());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StepCompiler.forTraining(windows, ShardShape.of(unequal(whole()))))
        .withMessage("Cannot compile: layer 0 (Convolution1DLayer): a mask of its input");
  }

  @Test
  void namesAMaskThatIsNoLength() {
    Case it = last("", lstm(5));
    MiniBatch batch = unequal(it.batch());
    batch.featureMasks().get(0).orElseThrow().putScalar(4, 1, 0);
    try (StepProgram program = StepCompiler.forTraining(it.network(), ShardShape.of(batch))) {
      INDArray parameters = new Dl4jReference(it.network()).parameters();
      program.load(parameters.data().address());
      program.shard().of(batch);
      assertThatThrownBy(program::predict)
          .isInstanceOf(DataException.class)
          .hasMessage(
              "Invalid mask of a sequence: must be 1 for its first steps (at least one) and 0 for"
                  + " the rest, got 1.0 at step 2 of row 4");
    }
  }
}
