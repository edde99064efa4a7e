package io.evenstep.model.engine.step.layer.sequence;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.JordanOp;
import io.evenstep.model.layer.Jordan;
import java.util.Optional;

/** {@link Jordan}. */
public final class JordanCompiler implements LayerCompiler<Jordan> {
  @Override
  public Optional<String> uncovered(Jordan layer) {
    return LayerSettings.first(LayerSettings.weights(layer), LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(Jordan layer, Value in, Site site) {
    Value seen = LayerSettings.input(layer, in, site);
    return JordanOp.add(site.assembly(), seen, layer.units(), layer.getNOut(), site.offset());
  }

  @Override
  public MaskUse maskUse(Jordan layer, boolean isActive) {
    return MaskUse.RESTS;
  }
}
