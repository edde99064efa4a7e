package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.FunctionOp;
import io.evenstep.model.engine.step.op.PoolingOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** {@link SubsamplingLayer}: over images. */
final class PoolingCompiler implements LayerCompiler<SubsamplingLayer> {
  @Override
  public Optional<String> uncovered(SubsamplingLayer layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        LayerSettings.when(layer.getPoolingType() == PoolingType.PNORM, "pooling by PNORM"));
  }

  @Override
  public Value compile(SubsamplingLayer layer, Value in, Site site) {
    return pooled(layer, in, site);
  }

  /**
   * @param in [rows, channels, points ...]
   */
  static Value pooled(SubsamplingLayer layer, Value in, Site site) {
    Value pooled = PoolingOp.add(site.assembly(), in, kind(layer), Windows.of(in, layer));
    if (layer.getPoolingType() != PoolingType.SUM) {
      return pooled;
    }
    long points = LongStream.of(Windows.of(in, layer).kernel()).reduce(1, (a, b) -> a * b);
    return FunctionOp.add(site.assembly(), pooled, Function.times(points));
  }

  private static PoolingOp.Kind kind(SubsamplingLayer layer) {
    if (layer.getPoolingType() == PoolingType.MAX) {
      return PoolingOp.Kind.MAX;
    }
    return layer.isAvgPoolIncludePadInDivisor() || layer.getPoolingType() == PoolingType.SUM
        ? PoolingOp.Kind.MEAN_WITH_BORDER
        : PoolingOp.Kind.MEAN;
  }
}
