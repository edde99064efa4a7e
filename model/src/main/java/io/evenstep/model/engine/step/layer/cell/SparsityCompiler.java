package io.evenstep.model.engine.step.layer.cell;

import io.evenstep.model.engine.step.cell.SparsityOp;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.Sparsity;
import java.util.Optional;

/** {@link Sparsity}. */
public final class SparsityCompiler implements LayerCompiler<Sparsity> {
  @Override
  public Optional<String> uncovered(Sparsity layer) {
    return LayerSettings.dropout(layer);
  }

  @Override
  public Value compile(Sparsity layer, Value in, Site site) {
    Value seen = LayerSettings.input(layer, in, site);
    return SparsityOp.add(site.assembly(), seen, layer.penalty(), site.losses());
  }
}
