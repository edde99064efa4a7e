package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.PoolingOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;

/** {@link Subsampling1DLayer}: over the steps of sequences. */
final class Pooling1dCompiler implements LayerCompiler<Subsampling1DLayer> {
  @Override
  public Optional<String> uncovered(Subsampling1DLayer layer) {
    boolean covered =
        layer.getPoolingType() == PoolingType.MAX || layer.getPoolingType() == PoolingType.AVG;
    return LayerSettings.first(
        LayerSettings.when(
            layer.getConvolutionMode() == ConvolutionMode.Causal, "pooling of the past"),
        LayerSettings.when(!covered, "pooling by " + layer.getPoolingType()));
  }

  @Override
  public Value compile(Subsampling1DLayer layer, Value given, Site site) {
    Value in = site.assembly().plain(given);
    return PoolingOp.add(
        site.assembly(),
        in,
        PoolingCompiler.kind(layer),
        Windows.of(
            in,
            layer.getConvolutionMode(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getDilation(),
            layer.getPadding()));
  }
}
