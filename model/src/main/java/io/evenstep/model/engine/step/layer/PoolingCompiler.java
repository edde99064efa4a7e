package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.PoolingOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** {@link SubsamplingLayer}: over images. */
final class PoolingCompiler implements LayerCompiler<SubsamplingLayer> {
  @Override
  public Optional<String> uncovered(SubsamplingLayer layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        LayerSettings.when(
            layer.getPoolingType() == PoolingType.PNORM
                || layer.getPoolingType() == PoolingType.SUM,
            "pooling by " + layer.getPoolingType()));
  }

  @Override
  public Value compile(SubsamplingLayer layer, Value in, Site site) {
    return PoolingOp.add(
        site.assembly(),
        in,
        kind(layer),
        Windows.of(
            in,
            layer.getConvolutionMode(),
            layer.getKernelSize(),
            layer.getStride(),
            layer.getDilation(),
            layer.getPadding()));
  }

  static PoolingOp.Kind kind(SubsamplingLayer layer) {
    if (layer.getPoolingType() == PoolingType.MAX) {
      return PoolingOp.Kind.MAX;
    }
    return layer.isAvgPoolIncludePadInDivisor()
        ? PoolingOp.Kind.MEAN_WITH_BORDER
        : PoolingOp.Kind.MEAN;
  }
}
