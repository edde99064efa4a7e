package io.evenstep.model.bench;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The networks of the benchmark, as graphs of DL4J's. */
final class BenchNetworks {
  private BenchNetworks() {}

  private static GraphBuilder graph() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .activation(Activation.RELU)
        .updater(new Adam(0.001))
        .graphBuilder()
        .addInputs("in");
  }

  private static ComputationGraphConfiguration stack(InputType input, Layer... layers) {
    GraphBuilder graph = graph();
    String last = "in";
    for (int i = 0; i < layers.length; i++) {
      graph.addLayer("layer" + i, layers[i], last);
      last = "layer" + i;
    }
    return graph.addLayer("out", output(), last).setOutputs("out").setInputTypes(input).build();
  }

  private static Layer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(10)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static ComputationGraphConfiguration mlp(int inputs, int... hidden) {
    Layer[] layers = new Layer[hidden.length];
    for (int i = 0; i < hidden.length; i++) {
      layers[i] = new DenseLayer.Builder().nOut(hidden[i]).build();
    }
    return stack(InputType.feedForward(inputs), layers);
  }

  static ComputationGraphConfiguration lenet() {
    return stack(
        InputType.convolutional(28, 28, 1),
        new ConvolutionLayer.Builder(5, 5).nOut(20).build(),
        pool(),
        new ConvolutionLayer.Builder(5, 5).nOut(50).build(),
        pool(),
        new DenseLayer.Builder().nOut(500).build());
  }

  private static Layer pool() {
    return new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build();
  }

  static ComputationGraphConfiguration lstm() {
    return stack(
        InputType.recurrent(28, 28),
        new LastTimeStep(new LSTM.Builder().nOut(128).activation(Activation.TANH).build()));
  }

  /** A stem of 16 filters and a block each of 16, 32 and 64, He et al. 2016. */
  static ComputationGraphConfiguration residual() {
    GraphBuilder graph = graph();
    String last = relu(graph, normalised(graph, "stem", "in", 16, 3, 1));
    int[] filters = {16, 32, 64};
    for (int i = 0; i < filters.length; i++) {
      int stride = i == 0 ? 1 : 2;
      String name = "block" + i;
      String first = relu(graph, normalised(graph, name + "a", last, filters[i], 3, stride));
      String second = normalised(graph, name + "b", first, filters[i], 3, 1);
      String side = i == 0 ? last : normalised(graph, name + "side", last, filters[i], 1, stride);
      graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), second, side);
      last = relu(graph, name);
    }
    return graph
        .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), last)
        .addLayer("out", output(), "mean")
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(28, 28, 1))
        .build();
  }

  private static String normalised(
      GraphBuilder graph, String name, String from, int filters, int size, int stride) {
    graph.addLayer(
        name + "Filters",
        new ConvolutionLayer.Builder(size, size)
            .nOut(filters)
            .stride(stride, stride)
            .convolutionMode(ConvolutionMode.Same)
            .activation(Activation.IDENTITY)
            .hasBias(false)
            .build(),
        from);
    graph.addLayer(name, new BatchNormalization(), name + "Filters");
    return name;
  }

  private static String relu(GraphBuilder graph, String from) {
    graph.addLayer(
        from + "Relu", new ActivationLayer.Builder().activation(Activation.RELU).build(), from);
    return from + "Relu";
  }
}
