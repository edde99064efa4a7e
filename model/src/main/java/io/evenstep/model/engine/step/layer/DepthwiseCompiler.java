package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Convolution;
import io.evenstep.model.engine.step.op.Filters;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;

/** {@link DepthwiseConvolution2D}: a group for each channel. */
final class DepthwiseCompiler implements LayerCompiler<DepthwiseConvolution2D> {
  @Override
  public Optional<String> uncovered(DepthwiseConvolution2D layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncoveredInImages(layer.getActivationFn()));
  }

  /** DL4J's weights are [height, width, channels, multiplier], behind the biases. */
  @Override
  public Value compile(DepthwiseConvolution2D layer, Value given, Site site) {
    Value in = LayerSettings.input(layer, given, site);
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
            site.offset() + (layer.hasBias() ? point : 0),
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
