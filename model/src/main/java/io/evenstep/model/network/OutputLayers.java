package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import io.evenstep.model.catalog.Losses;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Adds a loss to a last layer that has none, without changing its parameters or their order. */
final class OutputLayers {
  private OutputLayers() {}

  /**
   * @param loss by name; empty for the one that belongs to the layer's activation
   * @return the layer itself when it has a loss and the job names none
   * @throws ConfigException when such a layer cannot have a loss
   */
  static Layer on(Layer last, Optional<String> loss, Task task) {
    if (last instanceof BaseOutputLayer output) {
      loss.ifPresent(name -> output.setLossFn(Losses.create(name)));
      return output;
    }
    if (last instanceof DenseLayer dense) {
      return copyOf(dense, loss.orElse(usual(dense.getActivationFn(), task)));
    }
    if (last instanceof ActivationLayer activation) {
      LossLayer made =
          new LossLayer.Builder(
                  Losses.create(loss.orElse(usual(activation.getActivationFn(), task))))
              .activation(activation.getActivationFn())
              .build();
      made.setLayerName(activation.getLayerName());
      return made;
    }
    throw new ConfigException(
        "the last layer must be dense or an activation, got " + last.getClass().getSimpleName());
  }

  private static OutputLayer copyOf(DenseLayer dense, String loss) {
    OutputLayer output =
        new OutputLayer.Builder(Losses.create(loss))
            .nIn(dense.getNIn())
            .nOut(dense.getNOut())
            .activation(dense.getActivationFn())
            .hasBias(dense.hasBias())
            .build();
    copySettings(dense, output);
    return output;
  }

  private static void copySettings(BaseLayer from, BaseLayer to) {
    to.setLayerName(from.getLayerName());
    to.setIUpdater(from.getIUpdater());
    to.setWeightInitFn(from.getWeightInitFn());
    to.setBiasInit(from.getBiasInit());
    to.setRegularization(from.getRegularization());
    to.setRegularizationBias(from.getRegularizationBias());
    to.setGradientNormalization(from.getGradientNormalization());
    to.setGradientNormalizationThreshold(from.getGradientNormalizationThreshold());
    to.setConstraints(from.getConstraints());
    to.setIDropout(from.getIDropout());
  }

  private static String usual(IActivation activation, Task task) {
    if (activation instanceof ActivationSoftmax) {
      return "crossEntropy";
    }
    return activation instanceof ActivationSigmoid
        ? "binaryCrossEntropy"
        : LayerFit.usualLoss(task);
  }
}
