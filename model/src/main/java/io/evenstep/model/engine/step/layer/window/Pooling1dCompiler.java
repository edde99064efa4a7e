package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;

/** {@link Subsampling1DLayer}, over the steps of sequences. */
public final class Pooling1dCompiler implements LayerCompiler<Subsampling1DLayer> {
  @Override
  public Optional<String> uncovered(Subsampling1DLayer layer) {
    return LayerSettings.first(
        LayerSettings.when(layer.getConvolutionMode() == ConvolutionMode.Causal, "causal pooling"),
        PoolingCompiler.uncovered(layer.getPoolingType()));
  }

  @Override
  public Value compile(Subsampling1DLayer layer, Value given, Site site) {
    return PoolingCompiler.pooled(layer, site.assembly().plain(given), site);
  }

  @Override
  public MaskUse maskUse(Subsampling1DLayer layer, boolean isActive) {
    return StepWindows.maskUse(layer.getConvolutionMode(), layer.getStride()[0]);
  }

  @Override
  public Binding behind(Subsampling1DLayer layer, Binding steps, Value in, Assembly assembly) {
    return StepWindows.mask(layer.getConvolutionMode(), Windows.of(in, layer), steps, in, assembly);
  }
}
