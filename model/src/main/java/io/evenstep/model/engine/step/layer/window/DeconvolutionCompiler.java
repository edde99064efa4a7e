package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.Deconvolution;
import io.evenstep.model.engine.step.window.Filters;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;

/** {@link Deconvolution2D}, which enlarges images. */
public final class DeconvolutionCompiler extends FilterCompiler<Deconvolution2D> {
  @Override
  public Optional<String> uncovered(Deconvolution2D layer) {
    return LayerSettings.first(
        super.uncovered(layer),
        LayerSettings.when(
            layer.getConvolutionMode() == ConvolutionMode.Same && leavesGaps(layer),
            "a kernel smaller than its stride"));
  }

  private static boolean leavesGaps(Deconvolution2D layer) {
    for (int i = 0; i < layer.getStride().length; i++) {
      if (Windows.span(layer.getKernelSize()[i], layer.getDilation()[i]) < layer.getStride()[i]) {
        return true;
      }
    }
    return false;
  }

  /** DL4J's weights are [inputs, outputs, height, width] in C order. */
  @Override
  Value filtered(Deconvolution2D layer, Value in, Site site) {
    long outputs = layer.getNOut();
    int[] kernel = layer.getKernelSize();
    long points = (long) kernel[0] * kernel[1];
    long[] dims = {outputs, layer.getNIn(), kernel[0], kernel[1]};
    long[] strides = {points, outputs * points, kernel[1], 1};
    return Deconvolution.add(
        site.assembly(),
        in,
        new Filters(
            dims,
            Layout.strided(dims, strides),
            0,
            weights(layer, site, outputs),
            biases(layer, site)),
        Windows.ofEnlarging(layer),
        LayerSettings.function(layer.getActivationFn()));
  }
}
