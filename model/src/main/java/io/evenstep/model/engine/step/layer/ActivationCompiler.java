package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;

/** {@link ActivationLayer}. */
final class ActivationCompiler implements LayerCompiler<ActivationLayer> {
  @Override
  public Optional<String> uncovered(ActivationLayer layer) {
    return ActivationFunctions.uncovered(layer.getActivationFn());
  }

  @Override
  public Value compile(ActivationLayer layer, Value in, Site site) {
    return LayerSettings.activated(layer.getActivationFn(), in, site);
  }

  @Override
  public MaskUse maskUse(ActivationLayer layer, boolean isActive) {
    return MaskUse.PASSES;
  }
}
