package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.UpsamplingOp;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;

/** {@link Upsampling2D}. */
public final class UpsamplingCompiler implements LayerCompiler<Upsampling2D> {
  @Override
  public Optional<String> uncovered(Upsampling2D layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer.getFormat() != CNN2DFormat.NCHW, "images with their channels last"),
        LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(Upsampling2D layer, Value in, Site site) {
    int[] times = layer.getSize();
    return UpsamplingOp.add(
        site.assembly(), LayerSettings.input(layer, in, site), times[0], times[1]);
  }
}
