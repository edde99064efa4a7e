package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/** What layers with filters that move over images or steps have in common. */
public abstract class FilterCompiler<L extends ConvolutionLayer> implements LayerCompiler<L> {
  /** Adds the filters, and the activation if the kernel can apply it. */
  abstract Value filtered(L layer, Value in, Site site);

  @Override
  public Optional<String> uncovered(L layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncoveredInImages(layer.getActivationFn()));
  }

  @Override
  public final Value compile(L layer, Value in, Site site) {
    Value out = filtered(layer, LayerSettings.input(layer, in, site), site);
    return LayerSettings.finished(layer.getActivationFn(), out, site);
  }

  /** Where the biases begin: DL4J puts them before the weights. */
  static Optional<Long> biases(ConvolutionLayer layer, Site site) {
    return layer.hasBias() ? Optional.of(site.offset()) : Optional.empty();
  }

  /**
   * The offset of the weights.
   *
   * @param outputs as many as there are biases
   */
  static long weights(ConvolutionLayer layer, Site site, long outputs) {
    return site.offset() + (layer.hasBias() ? outputs : 0);
  }
}
