package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.BorderOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** {@link ZeroPaddingLayer} around images. */
final class ZeroPaddingCompiler implements LayerCompiler<ZeroPaddingLayer> {
  @Override
  public Optional<String> uncovered(ZeroPaddingLayer layer) {
    return LayerSettings.when(
        layer.getDataFormat() != CNN2DFormat.NCHW, "images with their channels last");
  }

  @Override
  public Value compile(ZeroPaddingLayer layer, Value in, Site site) {
    int[] border = layer.getPadding();
    return BorderOp.add(site.assembly(), in, border[0], border[1], border[2], border[3]);
  }
}
