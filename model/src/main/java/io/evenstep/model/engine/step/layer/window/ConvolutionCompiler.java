package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.Convolution;
import io.evenstep.model.engine.step.window.Filters;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;

/** {@link ConvolutionLayer}, over images, all channels together. */
public final class ConvolutionCompiler extends FilterCompiler<ConvolutionLayer> {
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
