package io.evenstep.model.engine.step;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks and rows for tests of the step program. */
final class Cases {
  static final int CLASSES = 5;

  /** A network and a shard for it. */
  record Case(String name, MultiLayerConfiguration network, MiniBatch batch) {
    @Override
    public String toString() {
      return name;
    }
  }

  static {
    NativeRuntime.oneThread();
  }

  private Cases() {}

  static NeuralNetConfiguration.Builder common() {
    return common(new Sgd(0.1));
  }

  static NeuralNetConfiguration.Builder common(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .activation(Activation.TANH)
        .updater(updater);
  }

  static MultiLayerConfiguration stack(InputType input, Layer... layers) {
    return stack(common(), input, layers);
  }

  static MultiLayerConfiguration stack(
      NeuralNetConfiguration.Builder common, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = common.list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list.setInputType(input).validateOutputLayerConfig(false).build();
  }

  static DenseLayer dense(int units) {
    return new DenseLayer.Builder().nOut(units).build();
  }

  static ConvolutionLayer convolution(int filters, int size) {
    return new ConvolutionLayer.Builder(size, size).nOut(filters).build();
  }

  static SubsamplingLayer pooling() {
    return new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build();
  }

  static OutputLayer output() {
    return output(LossFunction.MCXENT, Activation.SOFTMAX);
  }

  static OutputLayer output(ILossFunction loss, Activation activation) {
    return new OutputLayer.Builder(loss).nOut(CLASSES).activation(activation).build();
  }

  static OutputLayer output(LossFunction loss, Activation activation) {
    return new OutputLayer.Builder(loss).nOut(CLASSES).activation(activation).build();
  }

  static MultiLayerConfiguration mlp(IUpdater updater) {
    return stack(common(updater), InputType.feedForward(20), dense(16), dense(9), output());
  }

  static MultiLayerConfiguration lenet(IUpdater updater) {
    return stack(
        common(updater),
        InputType.convolutional(12, 12, 2),
        convolution(6, 3),
        pooling(),
        convolution(9, 3),
        pooling(),
        dense(17),
        output());
  }

  static INDArray normal(long seed, long... shape) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }

  /** Numbers around 1 with a few beyond, one for each output. */
  static INDArray positive(long seed, int rows) {
    INDArray numbers = normal(seed, rows, CLASSES);
    for (long i = 0; i < numbers.length(); i++) {
      numbers.putScalar(i, Math.abs(numbers.getDouble(i)) + 0.1);
    }
    return numbers;
  }

  static INDArray oneHot(long seed, int rows) {
    Random random = new Random(seed);
    INDArray labels = Nd4j.create(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, random.nextInt(CLASSES), 1);
    }
    return labels;
  }

  static MiniBatch rows(long seed, int rows, long... shape) {
    long[] all = new long[shape.length + 1];
    all[0] = rows;
    System.arraycopy(shape, 0, all, 1, shape.length);
    return MiniBatch.of(normal(seed, all), oneHot(seed + 1, rows));
  }

  static MiniBatch weighted(MiniBatch batch) {
    INDArray weights = Nd4j.create(batch.rows(), 1);
    for (int row = 0; row < batch.rows(); row++) {
      weights.putScalar(row, 0.5 * (row % 4));
    }
    return new MiniBatch(
        batch.features(),
        batch.labels(),
        batch.featureMasks(),
        batch.labelMasks(),
        Optional.of(weights),
        batch.rows(),
        () -> {});
  }

  static MiniBatch withLabels(MiniBatch batch, INDArray labels) {
    return new MiniBatch(batch.features(), List.of(labels), List.of(), List.of(), batch.rows());
  }
}
