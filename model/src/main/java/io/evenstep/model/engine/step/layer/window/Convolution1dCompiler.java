package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.Convolution;
import io.evenstep.model.engine.step.window.Filters;
import java.util.Optional;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;

/** {@link Convolution1DLayer}, over the steps of sequences. */
public final class Convolution1dCompiler extends FilterCompiler<Convolution1DLayer> {
  @Override
  public Optional<String> uncovered(Convolution1DLayer layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer.getRnnDataFormat() != RNNFormat.NCW, "sequences with their steps in the middle"),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncoveredInImages(layer.getActivationFn()));
  }

  @Override
  public MaskUse maskUse(Convolution1DLayer layer, boolean isActive) {
    return StepWindows.maskUse(layer.getConvolutionMode(), layer.getStride()[0]);
  }

  @Override
  public Binding behind(Convolution1DLayer layer, Binding steps, Value in, Assembly assembly) {
    return StepWindows.mask(layer.getConvolutionMode(), Windows.of(in, layer), steps, in, assembly);
  }

  /** DL4J's weights are [steps, inputs, outputs] in C order. */
  @Override
  Value filtered(Convolution1DLayer layer, Value given, Site site) {
    Value in = site.assembly().plain(given);
    long outputs = layer.getNOut();
    long[] dims = {outputs, layer.getNIn(), layer.getKernelSize()[0]};
    long[] strides = {1, outputs, layer.getNIn() * outputs};
    return Convolution.add(
        site.assembly(),
        in,
        new Filters(
            dims,
            Layout.strided(dims, strides),
            0,
            weights(layer, site, outputs),
            biases(layer, site)),
        Windows.of(in, layer),
        LayerSettings.function(layer.getActivationFn()));
  }
}
