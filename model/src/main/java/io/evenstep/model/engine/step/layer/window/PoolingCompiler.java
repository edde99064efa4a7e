package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.PoolingOp;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** {@link SubsamplingLayer}, over images. */
public final class PoolingCompiler implements LayerCompiler<SubsamplingLayer> {
  @Override
  public Optional<String> uncovered(SubsamplingLayer layer) {
    return LayerSettings.first(
        Windows.uncovered(layer.getConvolutionMode(), layer.getCnn2dDataFormat()),
        uncovered(layer.getPoolingType()));
  }

  @Override
  public Value compile(SubsamplingLayer layer, Value in, Site site) {
    return pooled(layer, in, site);
  }

  /**
   * @param in [rows, channels, points ...]
   */
  static Value pooled(SubsamplingLayer layer, Value in, Site site) {
    return PoolingOp.add(site.assembly(), in, kind(layer), Windows.of(in, layer));
  }

  /** DL4J has no sum pooling. */
  static Optional<String> uncovered(PoolingType type) {
    return LayerSettings.when(
        type == PoolingType.PNORM || type == PoolingType.SUM, "pooling by " + type);
  }

  private static PoolingOp.Kind kind(SubsamplingLayer layer) {
    if (layer.getPoolingType() == PoolingType.MAX) {
      return PoolingOp.Kind.MAX;
    }
    return layer.isAvgPoolIncludePadInDivisor()
        ? PoolingOp.Kind.MEAN_WITH_BORDER
        : PoolingOp.Kind.MEAN;
  }
}
