package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.Convolution;
import io.evenstep.model.engine.step.op.Filters;
import io.evenstep.model.engine.step.op.Value;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/** {@link ConvolutionLayer}: over images, all channels together. */
final class ConvolutionCompiler extends FilterCompiler<ConvolutionLayer> {
  @Override
  Value filtered(ConvolutionLayer layer, Value in, Site site) {
    int[] kernel = layer.getKernelSize();
    return Convolution.add(
        site.assembly(),
        in,
        Filters.plain(
            new long[] {layer.getNOut(), layer.getNIn(), kernel[0], kernel[1]},
            weights(layer, site, layer.getNOut()),
            biases(layer, site)),
        Windows.of(in, layer),
        LayerSettings.function(layer.getActivationFn()));
  }
}
