package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.normal;
import static io.evenstep.model.engine.step.Cases.output;
import static io.evenstep.model.engine.step.Cases.positive;
import static io.evenstep.model.engine.step.Cases.rows;
import static io.evenstep.model.engine.step.Cases.stack;
import static io.evenstep.model.engine.step.OperationClasses.isOperation;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.catalog.Activations;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.loss.HuberLoss;
import io.evenstep.model.loss.SavageLoss;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;

/**
 * The backward pass of every operation and every loss, compared with finite differences of the
 * forward pass.
 */
class EveryOperationTest {
  private static final int ROWS = 5;
  private static final InputType VECTOR = InputType.feedForward(6);
  private static final InputType IMAGE = InputType.convolutional(6, 7, 2);
  private static final InputType SEQUENCE = InputType.recurrent(3, 4);

  /** Compute nothing that has a slope: carriers of kernels checked by themselves, and a mask. */
  private static final Set<String> CARRIERS =
      Set.of("KernelsOp", "RecurrentOp", "Fusion", "AnyStepOp");

  /** Their slope is not that of their function, which has steps; {@link PrecisionTest} has them. */
  private static final Set<String> ROUNDING =
      Set.of("Rounding$Ahead", "Rounding$AtLoad", "Rounding$Back", "Rounding$Copies");

  /** A network that contains a given operation. */
  record Check(String operation, Object network, MiniBatch batch) {
    @Override
    public String toString() {
      return operation;
    }

    StepProgram program() {
      ShardShape shape = ShardShape.of(batch);
      return network instanceof MultiLayerConfiguration layers
          ? StepCompiler.forTraining(layers, shape)
          : StepCompiler.forTraining((ComputationGraphConfiguration) network, shape);
    }
  }

  static Stream<Check> checks() {
    return Stream.of(operations(), OwnLayerChecks.all(), losses()).flatMap(all -> all);
  }

  private static Stream<Check> operations() {
    return Stream.of(
        vectors("DenseOp", Cases.dense(5)),
        vectors("SoftmaxOp", activated(Activation.SOFTMAX)),
        vectors("FunctionOp", activated(Activation.SWISH)),
        vectors("CurveOp", activated(Activation.SOFTSIGN)),
        vectors(
            "RandomSlopeOp",
            new DenseLayer.Builder().nOut(5).activation(Activations.create("randomRelu")).build()),
        vectors("DropoutOp", Cases.dense(7), new DenseLayer.Builder().nOut(4).dropOut(0.6).build()),
        vectors("BatchNormOp", Cases.dense(5), new BatchNormalization()),
        images("Convolution", Cases.convolution(3, 2), Cases.convolution(4, 3)),
        images("ReorderOp", Cases.convolution(3, 2), Cases.dense(4)),
        images("Deconvolution", Cases.convolution(3, 2), enlarging()),
        images("Deconvolution", Cases.convolution(3, 2), dilated()),
        images("PoolingOp", Cases.convolution(3, 2), Cases.pooling()),
        images("UpsamplingOp", Cases.convolution(3, 2), new Upsampling2D.Builder().size(2).build()),
        images(
            "BorderOp",
            Cases.convolution(3, 2),
            new ZeroPaddingLayer.Builder(1, 2, 0, 1).build(),
            Cases.convolution(2, 3)),
        graph("MergeOp", new MergeVertex()),
        graph("CombineOp", new ElementWiseVertex(ElementWiseVertex.Op.Product)),
        graph("LargestOp", new ElementWiseVertex(ElementWiseVertex.Op.Max)),
        graph("ForkOp", new ElementWiseVertex(ElementWiseVertex.Op.Subtract)),
        new Check(
            "EmbeddingOp",
            Cases.common()
                .list()
                .layer(new EmbeddingLayer.Builder().nIn(4).nOut(3).hasBias(true).build())
                .layer(outputOf(3))
                .build(),
            MiniBatch.of(
                Nd4j.createFromArray(0f, 3, 3, 1, 2).reshape(ROWS, 1), Cases.oneHot(2, ROWS))),
        sequences("Lstm", graves()),
        unequal("LastStepOp", new LastTimeStep(graves())),
        unequal("PooledStepsOp", graves(), new GlobalPoolingLayer(PoolingType.MAX)),
        unequal("MaskOp", words(), graves(), new GlobalPoolingLayer(PoolingType.AVG)),
        sequences("VanillaRnn", new SimpleRnn.Builder().nOut(4).build()),
        sequences("SteppedLstm", stepped()),
        sequences(
            "SteppedRnn", new SimpleRnn.Builder().nOut(4).activation(Activation.SOFTSIGN).build()),
        sequences("Sequences", new SimpleRnn.Builder().nOut(2).build()),
        vectors("LossOp", Cases.dense(3)));
  }

  private static Check vectors(String operation, Layer... layers) {
    return new Check(operation, stack(VECTOR, with(layers, output())), rows(1, ROWS, 6));
  }

  private static Check images(String operation, Layer... layers) {
    return new Check(operation, stack(IMAGE, with(layers, output())), rows(1, ROWS, 2, 6, 7));
  }

  private static Check sequences(String operation, Layer layer) {
    return new Check(
        operation, stack(SEQUENCE, new LastTimeStep(layer), output()), rows(1, ROWS, 3, 4));
  }

  static Check unequal(String operation, Layer... layers) {
    boolean ofWords = layers[0] instanceof EmbeddingSequenceLayer;
    INDArray features = ofWords ? Nd4j.ones(ROWS, 4) : normal(1, ROWS, 3, 4).muli(3);
    INDArray mask = Nd4j.ones(ROWS, 4);
    mask.putScalar(1, 3, 0);
    mask.putScalar(3, 2, 0);
    mask.putScalar(3, 3, 0);
    MiniBatch batch =
        new MiniBatch(
            List.of(features),
            List.of(Cases.oneHot(2, ROWS)),
            List.of(Optional.of(mask)),
            List.of(),
            ROWS);
    return new Check(operation, stack(SEQUENCE, with(layers, output())), batch);
  }

  private static Layer words() {
    return new EmbeddingSequenceLayer.Builder().nIn(3).nOut(2).inferInputLength(true).build();
  }

  private static Layer[] with(Layer[] layers, Layer last) {
    Layer[] all = Arrays.copyOf(layers, layers.length + 1);
    all[layers.length] = last;
    return all;
  }

  private static Layer activated(Activation activation) {
    return new DenseLayer.Builder().nOut(5).activation(activation).build();
  }

  private static Layer enlarging() {
    return new Deconvolution2D.Builder(3, 2).nOut(2).stride(2, 2).build();
  }

  /** DL4J cannot compute its gradient, so this is the only check. */
  private static Layer dilated() {
    return new Deconvolution2D.Builder(2, 2)
        .nOut(2)
        .dilation(2, 2)
        .convolutionMode(ConvolutionMode.Same)
        .build();
  }

  @SuppressWarnings("deprecation") // it has all that an LSTM can have
  private static Layer graves() {
    return new GravesLSTM.Builder().nOut(4).build();
  }

  /** Otherwise DL4J would use the size of the input as the vocabulary. */
  private static Layer outputOf(int inputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(Cases.CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  @SuppressWarnings("deprecation") // it has all that an LSTM can have
  private static Layer stepped() {
    return new GravesLSTM.Builder().nOut(4).activation(Activation.SOFTSIGN).build();
  }

  private static Check graph(String operation, GraphVertex joint) {
    ComputationGraphConfiguration network =
        Cases.common()
            .graphBuilder()
            .addInputs("in")
            .addLayer("z", Cases.dense(5), "in")
            .addLayer("left", Cases.dense(5), "z")
            .addVertex("joint", joint, "left", "z")
            .addLayer("out", output(), "joint")
            .setOutputs("out")
            .setInputTypes(VECTOR)
            .build();
    return new Check(operation, network, rows(1, ROWS, 6));
  }

  private static Stream<Check> losses() {
    INDArray shares = positive(8, ROWS);
    shares.diviColumnVector(shares.sum(1));
    INDArray yesNo = positive(7, ROWS).gt(0.7).castTo(Nd4j.dataType());
    INDArray signs = yesNo.mul(2).sub(1);
    return Stream.of(
        loss("CrossEntropy", LossFunction.MCXENT, Activation.SOFTMAX, shares),
        loss("CrossEntropy", LossFunction.MCXENT, Activation.SIGMOID, shares),
        loss("BinaryCrossEntropy", LossFunction.XENT, Activation.SIGMOID, yesNo),
        loss("PowerLoss", LossFunction.MSE, Activation.IDENTITY, signs),
        loss("PowerLoss", LossFunction.L1, Activation.IDENTITY, signs),
        loss("Dl4jHinge", LossFunction.HINGE, Activation.TANH, signs),
        loss("Dl4jHinge", LossFunction.SQUARED_HINGE, Activation.TANH, signs),
        loss("CosineProximity", LossFunction.COSINE_PROXIMITY, Activation.IDENTITY, signs),
        loss(
            "RatioLosses$Logarithms",
            LossFunction.MEAN_SQUARED_LOGARITHMIC_ERROR,
            Activation.SOFTPLUS,
            positive(9, ROWS)),
        loss(
            "RatioLosses$Percent",
            LossFunction.MEAN_ABSOLUTE_PERCENTAGE_ERROR,
            Activation.IDENTITY,
            positive(9, ROWS)),
        loss("RatioLosses$Poisson", LossFunction.POISSON, Activation.SOFTPLUS, positive(9, ROWS)),
        loss("RatioLosses$Divergence", LossFunction.KL_DIVERGENCE, Activation.SOFTMAX, shares),
        loss("RatioLosses$Wasserstein", LossFunction.WASSERSTEIN, Activation.IDENTITY, signs),
        loss("LabelRanking", Cases.output(new LossMultiLabel(), Activation.TANH), yesNo),
        loss("OwnLoss", Cases.output(new HuberLoss(), Activation.IDENTITY), positive(9, ROWS)),
        loss("OwnLoss", Cases.output(new SavageLoss(), Activation.IDENTITY), signs));
  }

  private static Check loss(
      String name, LossFunction loss, Activation activation, INDArray labels) {
    return loss(name, output(loss, activation), labels);
  }

  private static Check loss(String name, Layer output, INDArray labels) {
    return new Check(
        name, stack(VECTOR, Cases.dense(4), output), Cases.withLabels(rows(1, ROWS, 6), labels));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("checks")
  void gradientsAgreeWithDifferences(Check it) {
    Model network = Differences.network(it.network());
    try (StepProgram program = it.program()) {
      Differences.require(program, network, it.batch());
    }
  }

  @Test
  void everyOperationAndLossHasACheck() {
    Set<String> checked = new TreeSet<>(CARRIERS);
    checked.addAll(ROUNDING);
    checks().forEach(check -> checked.add(check.operation()));
    assertThat(checked).containsAll(OperationClasses.names());
  }

  @Test
  void everyCheckOfAnOperationHasItInItsProgram() throws ReflectiveOperationException {
    Field field = StepProgram.class.getDeclaredField("ops");
    field.setAccessible(true);
    for (Check check : checks().filter(it -> isOperation(it.operation())).toList()) {
      try (StepProgram program = check.program()) {
        assertThat((Op[]) field.get(program))
            .extracting(op -> OperationClasses.name(op.getClass()))
            .contains(check.operation());
      }
    }
  }
}
