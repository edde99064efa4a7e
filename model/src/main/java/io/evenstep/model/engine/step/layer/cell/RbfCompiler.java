package io.evenstep.model.engine.step.layer.cell;

import io.evenstep.model.engine.step.cell.RbfOp;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.Rbf;
import java.util.Optional;

/** {@link Rbf}. */
public final class RbfCompiler implements LayerCompiler<Rbf> {
  @Override
  public Optional<String> uncovered(Rbf layer) {
    return LayerSettings.first(LayerSettings.weights(layer), LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(Rbf layer, Value in, Site site) {
    return RbfOp.add(
        site.assembly(),
        LayerSettings.input(layer, in, site),
        Math.toIntExact(layer.getNOut()),
        layer.width(),
        site.offset());
  }
}
