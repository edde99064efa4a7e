package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.BorderOp;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;

/** {@link ZeroPaddingLayer} around images. */
public final class ZeroPaddingCompiler implements LayerCompiler<ZeroPaddingLayer> {
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
