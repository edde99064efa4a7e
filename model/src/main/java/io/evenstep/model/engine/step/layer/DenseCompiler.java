package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** {@link DenseLayer}. */
final class DenseCompiler implements LayerCompiler<DenseLayer> {
  @Override
  public Optional<String> uncovered(DenseLayer layer) {
    return LayerSettings.first(
        LayerSettings.when(layer.hasLayerNorm(), "layer normalisation"),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncovered(layer.getActivationFn()));
  }

  @Override
  public Value compile(DenseLayer layer, Value in, Site site) {
    Value out =
        DenseOp.add(
            site.assembly(),
            LayerSettings.input(layer, in, site),
            Math.toIntExact(layer.getNOut()),
            layer.hasBias(),
            site.offset(),
            LayerSettings.function(layer.getActivationFn()));
    return LayerSettings.finished(layer.getActivationFn(), out, site);
  }
}
