package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.LocalResponse;
import io.evenstep.model.layer.LocalResponseNorm;
import java.util.Optional;

/** {@link LocalResponseNorm}. */
public final class LocalResponseCompiler implements LayerCompiler<LocalResponseNorm> {
  @Override
  public Optional<String> uncovered(LocalResponseNorm layer) {
    return LayerSettings.dropout(layer);
  }

  @Override
  public Value compile(LocalResponseNorm layer, Value in, Site site) {
    return LocalResponse.add(site.assembly(), LayerSettings.input(layer, in, site), layer);
  }
}
