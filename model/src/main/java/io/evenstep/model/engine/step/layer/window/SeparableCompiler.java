package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.Convolution;
import io.evenstep.model.engine.step.window.Filters;
import io.evenstep.model.engine.step.window.Window;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;

/** {@link SeparableConvolution2D}: a convolution of each channel, then one across channels. */
public final class SeparableCompiler extends FilterCompiler<SeparableConvolution2D> {
  /**
   * In the flat vector: biases, weights of channels as [multiplier, channels, height, width],
   * weights across them.
   */
  @Override
  Value filtered(SeparableConvolution2D layer, Value in, Site site) {
    int[] kernel = layer.getKernelSize();
    long channels = layer.getNIn();
    long multiplier = layer.getDepthMultiplier();
    long points = (long) kernel[0] * kernel[1];
    long offset = weights(layer, site, layer.getNOut());
    long[] dims = {channels, multiplier, 1, kernel[0], kernel[1]};
    long[] strides = {points, channels * points, points, kernel[1], 1};
    Value within =
        Convolution.add(
            site.assembly(),
            in,
            new Filters(
                dims,
                Layout.strided(dims, strides),
                Math.toIntExact(channels),
                offset,
                Optional.empty()),
            Windows.of(in, layer),
            Optional.empty());
    long[] ones = {1, 1};
    return Convolution.add(
        site.assembly(),
        within,
        Filters.plain(
            new long[] {layer.getNOut(), channels * multiplier, 1, 1},
            offset + Layout.count(dims),
            biases(layer, site)),
        new Window(ones, ones, ones, new long[2], new long[2]),
        LayerSettings.function(layer.getActivationFn()));
  }
}
