package io.evenstep.worker.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Plain DL4J networks with L2 and clipping, on images of 10 x 10 with three classes. */
public final class Dl4jModels {
  /** The limit at which an entry of the mean gradient is clipped. */
  public static final double CLIP = 0.01;

  private static final InputType IMAGE = InputType.convolutional(10, 10, 1);

  private Dl4jModels() {}

  /** A network ready to train; it clips if {@code clip} is above 0. */
  public static Model create(String kind, String optimizer, double clip) {
    NeuralNetConfiguration.Builder common =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .activation(Activation.TANH)
            .l2(0.01)
            .updater(updater(optimizer));
    if (clip > 0) {
      common
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(clip);
    }
    Model model =
        switch (kind) {
          case "mlp" -> mlp(common);
          case "cnn" -> cnn(common);
          default -> graph(common);
        };
    model.init();
    return model;
  }

  /** Adam's rate is small: it divides by the gradient's size, where rounding alone is a step. */
  private static IUpdater updater(String name) {
    return switch (name) {
      case "sgd" -> new Sgd(0.05);
      case "nesterov" -> new Nesterovs(0.05, 0.9);
      default -> new Adam(0.002);
    };
  }

  private static Model mlp(NeuralNetConfiguration.Builder common) {
    return new MultiLayerNetwork(
        common
            .list()
            .layer(new DenseLayer.Builder().nOut(12).build())
            .layer(new DenseLayer.Builder().nOut(9).build())
            .layer(output())
            .setInputType(IMAGE)
            .build());
  }

  private static Model cnn(NeuralNetConfiguration.Builder common) {
    return new MultiLayerNetwork(
        common
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
            .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
            .layer(new DenseLayer.Builder().nOut(9).build())
            .layer(output())
            .setInputType(IMAGE)
            .build());
  }

  private static Model graph(NeuralNetConfiguration.Builder common) {
    return new ComputationGraph(
        common
            .graphBuilder()
            .addInputs("in")
            .addLayer("left", new DenseLayer.Builder().nOut(8).build(), "in")
            .addLayer("right", new DenseLayer.Builder().nOut(7).build(), "in")
            .addVertex("both", new MergeVertex(), "left", "right")
            .addLayer("out", output(), "both")
            .setOutputs("out")
            .setInputTypes(IMAGE)
            .build());
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
