package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Convolution;
import io.evenstep.model.engine.step.op.Filters;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.op.Window;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;

/** {@link SeparableConvolution2D}: a convolution of each channel, then one across channels. */
final class SeparableCompiler implements LayerCompiler<SeparableConvolution2D> {
  @Override
  public Optional<String> uncovered(SeparableConvolution2D layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncoveredInImages(layer.getActivationFn()));
  }

  /**
   * In the flat vector: biases, weights of channels as [multiplier, channels, height, width],
   * weights across them.
   */
  @Override
  public Value compile(SeparableConvolution2D layer, Value given, Site site) {
    Value in = LayerSettings.input(layer, given, site);
    int[] kernel = layer.getKernelSize();
    long channels = layer.getNIn();
    long multiplier = layer.getDepthMultiplier();
    long points = (long) kernel[0] * kernel[1];
    long offset = site.offset() + (layer.hasBias() ? layer.getNOut() : 0);
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
            Windows.of(
                in,
                layer.getConvolutionMode(),
                kernel,
                layer.getStride(),
                layer.getDilation(),
                layer.getPadding()),
            Optional.empty());
    long[] ones = {1, 1};
    return Convolution.add(
        site.assembly(),
        within,
        Filters.plain(
            new long[] {layer.getNOut(), channels * multiplier, 1, 1},
            offset + Layout.count(dims),
            layer.hasBias() ? Optional.of(site.offset()) : Optional.empty()),
        new Window(ones, ones, ones, new long[2], new long[2]),
        LayerSettings.function(layer.getActivationFn()));
  }
}
