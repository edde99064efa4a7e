package io.evenstep.model.engine.step.layer.attention;

import io.evenstep.model.engine.step.attention.PositionsOp;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.Positions;
import java.util.Optional;

/** {@link Positions}. */
public final class PositionsCompiler implements LayerCompiler<Positions> {
  @Override
  public Optional<String> uncovered(Positions layer) {
    return LayerSettings.first(LayerSettings.weights(layer), LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(Positions layer, Value in, Site site) {
    Value seen = LayerSettings.input(layer, in, site);
    return PositionsOp.add(site.assembly(), seen, site.offset());
  }

  @Override
  public MaskUse maskUse(Positions layer, boolean isActive) {
    return MaskUse.PASSES;
  }
}
