package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;

/** {@link DropoutLayer}. */
final class DropoutCompiler implements LayerCompiler<DropoutLayer> {
  @Override
  public Optional<String> uncovered(DropoutLayer layer) {
    return LayerSettings.dropout(layer);
  }

  @Override
  public Value compile(DropoutLayer layer, Value in, Site site) {
    return LayerSettings.input(layer, in, site);
  }

  @Override
  public MaskUse maskUse(DropoutLayer layer, boolean isActive) {
    return MaskUse.PASSES;
  }
}
