package io.evenstep.driver;

import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers for the small DL4J networks that tests train. */
public final class Dl4jLayers {
  private Dl4jLayers() {}

  /** A dense layer with tanh activation. */
  public static DenseLayer dense(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.TANH).build();
  }

  /** A softmax with cross entropy. */
  public static OutputLayer output(int inputs, int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
