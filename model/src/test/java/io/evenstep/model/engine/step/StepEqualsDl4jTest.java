package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.convolution;
import static io.evenstep.model.engine.step.Cases.dense;
import static io.evenstep.model.engine.step.Cases.output;
import static io.evenstep.model.engine.step.Cases.pooling;
import static io.evenstep.model.engine.step.Cases.positive;
import static io.evenstep.model.engine.step.Cases.rows;
import static io.evenstep.model.engine.step.Cases.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.Cases.Case;
import io.evenstep.model.layer.Rbf;
import io.evenstep.model.layer.Sparsity;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A program has DL4J's outputs, losses and gradients. */
class StepEqualsDl4jTest {
  private static final double TOLERANCE = 1e-5;
  private static final InputType IMAGE = InputType.convolutional(11, 9, 3);
  private static final MiniBatch IMAGES = rows(5, 7, 3, 11, 9);

  static Stream<Case> layers() {
    return Stream.of(
        new Case("mlp", Cases.mlp(new Sgd()), rows(1, 8, 20)),
        new Case("one row", Cases.mlp(new Sgd()), rows(2, 1, 20)),
        new Case("lenet", Cases.lenet(new Sgd()), rows(3, 8, 2, 12, 12)),
        new Case("no bias", stack(InputType.feedForward(6), unbiased(), output()), rows(4, 5, 6)),
        new Case(
            "softmax within",
            stack(
                InputType.feedForward(6),
                new DenseLayer.Builder().nOut(4).activation(Activation.SOFTMAX).build(),
                output()),
            rows(4, 5, 6)),
        new Case(
            "loss layer",
            stack(
                InputType.feedForward(6),
                dense(Cases.CLASSES),
                new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build()),
            rows(4, 5, 6)),
        new Case(
            "radial units",
            stack(InputType.feedForward(6), new Rbf(8, 2), dense(5), new Rbf(4, 1.5), output()),
            rows(4, 5, 6)),
        new Case(
            "sparse",
            stack(InputType.feedForward(6), dense(8), new Sparsity(0.05), dense(5), output()),
            rows(4, 5, 6)),
        image("sparse image", convolution(4, 2), new Sparsity(0.05)),
        image("flattened", dense(7)),
        image("image activation", activation(Activation.RELU), convolution(4, 3)),
        image("same padding", same(4, 3, 2), same(5, 2, 1)),
        image("dilation", dilated()),
        image("stride and padding", strided()),
        image("no bias of filters", unbiasedFilters()),
        image(
            "ungated",
            new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.SWISH).build(),
            pooling()),
        image("max pooling", convolution(4, 2), pool(PoolingType.MAX, ConvolutionMode.Truncate)),
        image("same max pooling", convolution(4, 2), pool(PoolingType.MAX, ConvolutionMode.Same)),
        image("mean pooling", convolution(4, 2), pool(PoolingType.AVG, ConvolutionMode.Truncate)),
        image("same mean pooling", convolution(4, 2), pool(PoolingType.AVG, ConvolutionMode.Same)),
        image("softmax of images", convolution(4, 2), activation(Activation.SOFTMAX)),
        image("enlarged", enlarging(ConvolutionMode.Truncate, 3, 2), convolution(3, 2)),
        image("enlarged to the same", convolution(4, 2), enlarging(ConvolutionMode.Same, 3, 2)),
        image("enlarged with gaps", enlarging(ConvolutionMode.Truncate, 2, 3)),
        image("enlarged and cut", cutAfterEnlarging()),
        image("depthwise", convolution(3, 2), depthwise(1), depthwise(2)),
        image("separable", convolution(3, 2), separable(1), separable(2)),
        image(
            "batch norm", convolution(4, 3), new BatchNormalization(), activation(Activation.RELU)),
        image("batch norm first", new BatchNormalization(), convolution(4, 3)),
        image("variance as it is", convolution(4, 3), varianceAsItIs()),
        image("locked batch norm", convolution(4, 3), locked()),
        new Case(
            "batch norm of vectors",
            stack(InputType.feedForward(6), dense(8), new BatchNormalization(), output()),
            rows(4, 9, 6)),
        image("global mean", convolution(4, 3), global(PoolingType.AVG)),
        image("global largest", convolution(4, 3), global(PoolingType.MAX)),
        image("global sum", convolution(4, 3), global(PoolingType.SUM)),
        image("zeros around", convolution(4, 3), border(), convolution(3, 2)),
        image("zeros around input", border(), convolution(3, 2)),
        image("upsampled", convolution(4, 3), upsampled(), convolution(3, 2)),
        image("pooling first", pooling(), convolution(4, 2)),
        new Case(
            "image from a vector",
            stack(InputType.convolutionalFlat(6, 5, 2), convolution(3, 2), output()),
            rows(6, 4, 60)));
  }

  private static Case image(String name, Layer... layers) {
    Layer[] all = new Layer[layers.length + 1];
    System.arraycopy(layers, 0, all, 0, layers.length);
    all[layers.length] = output();
    return new Case(name, stack(IMAGE, all), IMAGES);
  }

  private static Layer unbiased() {
    return new DenseLayer.Builder().nOut(4).hasBias(false).build();
  }

  private static Layer activation(Activation activation) {
    return new ActivationLayer.Builder().activation(activation).build();
  }

  private static Layer same(int filters, int size, int stride) {
    return new ConvolutionLayer.Builder(size, size)
        .nOut(filters)
        .stride(stride, stride)
        .convolutionMode(ConvolutionMode.Same)
        .build();
  }

  private static Layer dilated() {
    return new ConvolutionLayer.Builder(2, 3).nOut(4).dilation(2, 3).build();
  }

  private static Layer strided() {
    return new ConvolutionLayer.Builder(3, 2).nOut(4).stride(2, 3).padding(1, 2).build();
  }

  private static Layer unbiasedFilters() {
    return new ConvolutionLayer.Builder(3, 3).nOut(4).hasBias(false).build();
  }

  private static Layer enlarging(ConvolutionMode mode, int size, int stride) {
    return new Deconvolution2D.Builder(size, size)
        .nOut(4)
        .stride(stride, stride)
        .convolutionMode(mode)
        .build();
  }

  private static Layer cutAfterEnlarging() {
    return new Deconvolution2D.Builder(3, 4)
        .nOut(4)
        .stride(2, 1)
        .padding(1, 2)
        .hasBias(false)
        .activation(Activation.SOFTSIGN)
        .build();
  }

  private static Layer depthwise(int multiplier) {
    return new DepthwiseConvolution2D.Builder(2, 3)
        .depthMultiplier(multiplier)
        .stride(1, 1)
        .build();
  }

  private static Layer separable(int multiplier) {
    return new SeparableConvolution2D.Builder(2, 3).depthMultiplier(multiplier).nOut(5).build();
  }

  private static Layer varianceAsItIs() {
    return new BatchNormalization.Builder().useLogStd(false).decay(0.8).eps(1e-3).build();
  }

  private static Layer locked() {
    return new BatchNormalization.Builder().lockGammaBeta(true).build();
  }

  private static Layer global(PoolingType type) {
    return new GlobalPoolingLayer.Builder(type).build();
  }

  private static Layer border() {
    return new ZeroPaddingLayer.Builder(1, 2, 0, 1).build();
  }

  private static Layer upsampled() {
    return new Upsampling2D.Builder().size(new int[] {2, 3}).build();
  }

  private static Layer pool(PoolingType type, ConvolutionMode mode) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(3, 2)
        .stride(2, 2)
        .convolutionMode(mode)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void computesWhatDl4jDoes(Case it) {
    requireEqual(it.network(), it.batch());
  }

  static Stream<Case> losses() {
    INDArray yesNo = positive(7, 9).gt(0.7).castTo(Nd4j.dataType());
    INDArray signs = yesNo.mul(2).sub(1);
    INDArray shares = positive(8, 9);
    shares.diviColumnVector(shares.sum(1));
    return Stream.of(
        loss(LossFunction.MCXENT, Activation.SOFTMAX, shares),
        loss(LossFunction.MCXENT, Activation.SIGMOID, shares),
        loss(LossFunction.NEGATIVELOGLIKELIHOOD, Activation.SOFTMAX, shares),
        loss(LossFunction.XENT, Activation.SIGMOID, yesNo),
        loss(LossFunction.MSE, Activation.IDENTITY, signs),
        loss(LossFunction.MSE, Activation.SOFTMAX, shares),
        loss(LossFunction.L2, Activation.TANH, signs),
        loss(LossFunction.L1, Activation.IDENTITY, signs),
        loss(LossFunction.MEAN_ABSOLUTE_ERROR, Activation.SIGMOID, signs),
        loss(LossFunction.MEAN_SQUARED_LOGARITHMIC_ERROR, Activation.SOFTPLUS, positive(9, 9)),
        loss(LossFunction.MEAN_ABSOLUTE_PERCENTAGE_ERROR, Activation.IDENTITY, positive(9, 9)),
        loss(LossFunction.POISSON, Activation.SOFTPLUS, positive(9, 9)),
        loss(LossFunction.HINGE, Activation.TANH, signs),
        loss(LossFunction.SQUARED_HINGE, Activation.TANH, signs),
        loss(LossFunction.KL_DIVERGENCE, Activation.SOFTMAX, shares),
        loss(LossFunction.COSINE_PROXIMITY, Activation.IDENTITY, signs),
        loss(LossFunction.WASSERSTEIN, Activation.IDENTITY, signs));
  }

  private static Case loss(LossFunction loss, Activation activation, INDArray labels) {
    return new Case(
        loss + " of " + activation,
        stack(InputType.feedForward(6), dense(7), output(loss, activation)),
        Cases.withLabels(rows(4, 9, 6), labels));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void losesWhatDl4jDoes(Case it) {
    requireEqual(it.network(), it.batch());
  }

  static void requireEqual(MultiLayerConfiguration network, MiniBatch batch) {
    assertThat(StepCompiler.uncovered(network)).isEmpty();
    Dl4jReference reference = new Dl4jReference(network);
    double loss = reference.computeGradient(batch);
    INDArray gradient = Nd4j.valueArrayOf(reference.parameters().length(), Float.NaN);
    try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
      program.load(reference.parameters().data().address());
      program.shard().of(batch);
      assertThat(program.accumulate(0, gradient.data().address()))
          .isCloseTo(loss, within(TOLERANCE * Math.max(1, Math.abs(loss))));
    }
    assertThat(reference.distance(gradient, reference.gradient().reshape(gradient.length())))
        .isLessThan(TOLERANCE);
    requireEqualOutputs(network, reference, batch);
  }

  private static void requireEqualOutputs(
      MultiLayerConfiguration network, Dl4jReference reference, MiniBatch batch) {
    INDArray outputs = reference.output(batch).dup('c');
    double loss = reference.loss(batch);
    try (StepProgram program = StepCompiler.forInference(network, ShardShape.of(batch))) {
      program.load(reference.parameters().data().address());
      program.shard().of(batch);
      assertThat(program.predict())
          .isCloseTo(loss, within(TOLERANCE * Math.max(1, Math.abs(loss))));
      float[] got = new float[(int) outputs.length()];
      program.output(0).floats().get(got);
      assertThat(got).containsExactly(outputs.ravel().toFloatVector(), within((float) TOLERANCE));
    }
  }
}
