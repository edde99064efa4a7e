package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.Convolution;
import io.evenstep.model.engine.step.window.Filters;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;

/** {@link DepthwiseConvolution2D}: a group for each channel. */
public final class DepthwiseCompiler extends FilterCompiler<DepthwiseConvolution2D> {
  /** DL4J's weights are [height, width, channels, multiplier]. */
  @Override
  Value filtered(DepthwiseConvolution2D layer, Value in, Site site) {
    int[] kernel = layer.getKernelSize();
    long channels = layer.getNIn();
    long multiplier = layer.getDepthMultiplier();
    long[] dims = {channels, multiplier, 1, kernel[0], kernel[1]};
    long point = channels * multiplier;
    long[] strides = {multiplier, 1, 1, kernel[1] * point, point};
    return Convolution.add(
        site.assembly(),
        in,
        new Filters(
            dims,
            Layout.strided(dims, strides),
            Math.toIntExact(channels),
            weights(layer, site, point),
            biases(layer, site)),
        Windows.of(in, layer),
        LayerSettings.function(layer.getActivationFn()));
  }
}
