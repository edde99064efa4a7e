package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.FunctionOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.PooledStepsOp;
import io.evenstep.model.engine.step.window.PoolingOp;
import io.evenstep.model.engine.step.window.Window;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.jspecify.annotations.Nullable;

/** {@link GlobalPoolingLayer}: pooling by a window as large as the image or the sequence. */
public final class GlobalPoolingCompiler implements LayerCompiler<GlobalPoolingLayer> {
  @Override
  public Optional<String> uncovered(GlobalPoolingLayer layer) {
    return LayerSettings.first(
        LayerSettings.when(layer.getPoolingType() == PoolingType.PNORM, "pooling by PNORM"),
        LayerSettings.when(!isOverAllPoints(layer.getPoolingDimensions()), "pooling dimensions"),
        LayerSettings.when(!layer.isCollapseDimensions(), "dimensions that are kept"));
  }

  private static boolean isOverAllPoints(int @Nullable [] dimensions) {
    return dimensions == null
        || Arrays.equals(dimensions, new int[] {2})
        || Arrays.equals(dimensions, new int[] {2, 3});
  }

  @Override
  public Value compile(GlobalPoolingLayer layer, Value given, Site site) {
    if (site.mask().isPresent()) {
      return PooledStepsOp.add(site.assembly(), given, kind(layer), site.mask().get().steps());
    }
    Value in = given.shape().size() == 3 ? site.assembly().plain(given) : given;
    int points = in.shape().size() - 2;
    long[] whole = Arrays.copyOfRange(in.dims(), 2, 2 + points);
    long[] ones = new long[points];
    Arrays.fill(ones, 1);
    Window window = new Window(whole, ones, ones, new long[points], new long[points]);
    Value pooled =
        PoolingOp.add(
            site.assembly(),
            in,
            layer.getPoolingType() == PoolingType.MAX
                ? PoolingOp.Kind.MAX
                : PoolingOp.Kind.MEAN_WITH_BORDER,
            window);
    Value vector = site.assembly().reshape(pooled, in.size(0), in.size(1));
    if (layer.getPoolingType() != PoolingType.SUM) {
      return vector;
    }
    long count = Arrays.stream(whole).reduce(1, (a, b) -> a * b);
    return FunctionOp.add(site.assembly(), vector, Function.times(count));
  }

  private static PooledStepsOp.Kind kind(GlobalPoolingLayer layer) {
    return switch (layer.getPoolingType()) {
      case MAX -> PooledStepsOp.Kind.MAX;
      case AVG -> PooledStepsOp.Kind.MEAN;
      default -> PooledStepsOp.Kind.SUM;
    };
  }

  @Override
  public MaskUse maskUse(GlobalPoolingLayer layer, boolean isActive) {
    return MaskUse.ENDS;
  }
}
