package io.evenstep.driver.dl4j;

import io.evenstep.model.NativeRuntime;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks, configured as by a DL4J user. */
final class SmallNetworks {
  static final int IN = 5;
  static final int CLASSES = 3;
  static final int STEPS = 6; // time steps

  static {
    NativeRuntime.prepare();
  }

  private SmallNetworks() {}

  private static NeuralNetConfiguration.Builder base(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(12345).updater(updater);
  }

  static MultiLayerConfiguration mlp(IUpdater updater) {
    return base(updater)
        .l2(1e-3)
        .list()
        .layer(new DenseLayer.Builder().nIn(IN).nOut(7).activation(Activation.TANH).build())
        .layer(output(7))
        .build();
  }

  static OutputLayer output(int in) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Takes what comes to it. */
  static OutputLayer anyIn() {
    return new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build();
  }

  static MultiLayerConfiguration cnn(IUpdater updater) {
    return base(updater)
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build())
        .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
        .layer(anyIn())
        .setInputType(InputType.convolutional(8, 8, 1))
        .build();
  }

  static MultiLayerConfiguration batchNorm() {
    return base(new Adam(0.01))
        .list()
        .layer(new DenseLayer.Builder().nIn(IN).nOut(7).activation(Activation.TANH).build())
        .layer(new BatchNormalization.Builder().build())
        .layer(anyIn())
        .setInputType(InputType.feedForward(IN))
        .build();
  }

  static NeuralNetConfiguration.ListBuilder rnn() {
    return base(new Adam(0.01))
        .list()
        .layer(new LSTM.Builder().nIn(IN).nOut(6).activation(Activation.TANH).build())
        .layer(
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nIn(6)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build());
  }

  static ComputationGraphConfiguration.GraphBuilder rnnGraph() {
    return base(new Adam(0.01))
        .graphBuilder()
        .addInputs("in")
        .addLayer("lstm", new LSTM.Builder().nIn(IN).nOut(6).build(), "in")
        .addLayer(
            "out",
            new RnnOutputLayer.Builder()
                .nIn(6)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "lstm")
        .setOutputs("out")
        .setInputTypes(InputType.recurrent(IN));
  }

  /** Says yes or no with one number. */
  static MultiLayerConfiguration binary() {
    return base(new Adam(0.01))
        .list()
        .layer(new DenseLayer.Builder().nIn(IN).nOut(7).activation(Activation.TANH).build())
        .layer(
            new OutputLayer.Builder(LossFunction.XENT)
                .nIn(7)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build())
        .build();
  }

  /** One input, one output. */
  static ComputationGraphConfiguration graph(IUpdater updater) {
    return base(updater)
        .graphBuilder()
        .addInputs("in")
        .addLayer(
            "hidden",
            new DenseLayer.Builder().nIn(IN).nOut(7).activation(Activation.TANH).build(),
            "in")
        .addLayer("out", output(7), "hidden")
        .setOutputs("out")
        .build();
  }

  /** Convolutions of two sizes side by side. */
  static ComputationGraphConfiguration cnnGraph(IUpdater updater) {
    return base(updater)
        .convolutionMode(ConvolutionMode.Same)
        .graphBuilder()
        .addInputs("image")
        .addLayer("fine", convolution(3), "image")
        .addLayer("coarse", convolution(5), "image")
        .addVertex("both", new MergeVertex(), "fine", "coarse")
        .addLayer(
            "pool", new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(), "both")
        .addLayer("out", anyIn(), "pool")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(8, 8, 1))
        .build();
  }

  private static ConvolutionLayer convolution(int size) {
    return new ConvolutionLayer.Builder(size, size).nOut(2).activation(Activation.TANH).build();
  }

  /** Two inputs, two outputs. */
  static ComputationGraphConfiguration wideGraph(IUpdater updater) {
    return base(updater)
        .graphBuilder()
        .addInputs("a", "b")
        .addLayer(
            "hidden",
            new DenseLayer.Builder().nIn(IN + 2).nOut(7).activation(Activation.TANH).build(),
            "a",
            "b")
        .addLayer("classes", output(7), "hidden")
        .addLayer(
            "number",
            new OutputLayer.Builder(LossFunction.MSE)
                .nIn(7)
                .nOut(1)
                .activation(Activation.IDENTITY)
                .build(),
            "hidden")
        .setOutputs("classes", "number")
        .build();
  }
}
