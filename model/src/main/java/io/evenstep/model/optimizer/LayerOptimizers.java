package io.evenstep.model.optimizer;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Sets optimizers and penalties of DL4J's layers, and of the layers inside them. */
public final class LayerOptimizers {
  private LayerOptimizers() {}

  /** Gives a layer another optimizer, and keeps its penalties. */
  public static void replace(Layer layer, IUpdater updater) {
    within(layer)
        .forEach(
            each -> {
              if (each instanceof AbstractSameDiffLayer defined) {
                defined.setUpdater(updater.clone());
                defined.setBiasUpdater(updater.clone());
                defined.setRegularization(TrustRatio.last(defined.getRegularization(), updater));
              } else if (each instanceof BaseLayer base) {
                base.setIUpdater(updater.clone());
                base.setBiasUpdater(null);
                base.setRegularization(TrustRatio.last(base.getRegularization(), updater));
              }
            });
  }

  /**
   * Adds penalties to a layer's weights, each once. DL4J's builders would add weight decay twice,
   * once each time that they look at a layer.
   *
   * @param updater the layer's optimizer
   */
  public static void penalise(Layer layer, List<Regularization> penalties, IUpdater updater) {
    within(layer)
        .filter(BaseLayer.class::isInstance)
        .map(BaseLayer.class::cast)
        .forEach(base -> base.setRegularization(TrustRatio.last(penalties, updater)));
  }

  /** Makes a layer keep its parameters: a learning rate of 0, and no penalties. */
  public static void freeze(Layer layer) {
    within(layer)
        .forEach(
            each -> {
              if (each instanceof AbstractSameDiffLayer defined) {
                defined.setUpdater(new Sgd(0.0));
                defined.setRegularization(List.of());
              } else if (each instanceof BaseLayer base) {
                base.setIUpdater(new Sgd(0.0));
                base.setBiasUpdater(null);
                base.setRegularization(List.of());
                base.setRegularizationBias(List.of());
              }
              if (each instanceof BatchNormalization normal) {
                normal.setDecay(1); // keeps all of the running statistics
              }
            });
  }

  /** Whether an optimizer is that of a frozen layer. */
  public static boolean isFrozen(IUpdater updater) {
    return updater instanceof Sgd sgd
        && sgd.getLearningRateSchedule() == null
        && sgd.getLearningRate() == 0;
  }

  private static Stream<Layer> within(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return within(wrapper.getUnderlying());
    }
    return layer instanceof Bidirectional both
        ? Stream.concat(within(both.getFwd()), within(both.getBwd()))
        : Stream.of(layer);
  }
}
