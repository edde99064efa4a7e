package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/** {@link DenseLayer}. */
final class DenseCompiler implements LayerCompiler<DenseLayer> {
  @Override
  public Optional<String> uncovered(DenseLayer layer) {
    return Settings.first(
        Settings.when(layer.hasLayerNorm(), "layer normalisation"),
        Settings.weights(layer),
        Settings.dropout(layer),
        ActivationFunctions.uncovered(layer.getActivationFn()));
  }

  @Override
  public Value compile(DenseLayer layer, Value in, Site site) {
    Value out =
        DenseOp.add(
            site.assembly(),
            Settings.input(layer, in, site),
            Math.toIntExact(layer.getNOut()),
            layer.hasBias(),
            site.offset(),
            Settings.function(layer.getActivationFn()));
    return ActivationFunctions.isSoftmax(layer.getActivationFn())
        ? Settings.activated(layer.getActivationFn(), out, site)
        : out;
  }
}
