package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.Convolution;
import io.evenstep.model.engine.step.op.Filters;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/** {@link ConvolutionLayer}: over images, all channels together. */
final class ConvolutionCompiler implements LayerCompiler<ConvolutionLayer> {
  @Override
  public Optional<String> uncovered(ConvolutionLayer layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncoveredInImages(layer.getActivationFn()));
  }

  /** DL4J puts the biases before the weights. */
  @Override
  public Value compile(ConvolutionLayer layer, Value given, Site site) {
    Value in = LayerSettings.input(layer, given, site);
    int[] kernel = layer.getKernelSize();
    long biases = layer.hasBias() ? layer.getNOut() : 0;
    return Convolution.add(
        site.assembly(),
        in,
        Filters.plain(
            new long[] {layer.getNOut(), layer.getNIn(), kernel[0], kernel[1]},
            site.offset() + biases,
            layer.hasBias() ? Optional.of(site.offset()) : Optional.empty()),
        Windows.of(
            in,
            layer.getConvolutionMode(),
            kernel,
            layer.getStride(),
            layer.getDilation(),
            layer.getPadding()),
        LayerSettings.function(layer.getActivationFn()));
  }
}
