package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.loss.LossFunctions;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.LossLayer;

/** {@link LossLayer}: an activation and a loss. */
final class LossCompiler implements LayerCompiler<LossLayer> {
  @Override
  public Optional<String> uncovered(LossLayer layer) {
    return LayerSettings.first(
        ActivationFunctions.uncovered(layer.getActivationFn()),
        LossFunctions.uncovered(layer.getLossFn(), layer.getActivationFn()));
  }

  @Override
  public Value compile(LossLayer layer, Value in, Site site) {
    return OutputCompiler.compared(
        layer.getLossFn(), layer.getActivationFn(), site.assembly().plain(in), false, site);
  }
}
