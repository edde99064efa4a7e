package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.loss.LossFunctions;
import io.evenstep.model.engine.step.loss.LossOp;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** {@link OutputLayer}: a dense layer with a loss. */
final class OutputCompiler implements LayerCompiler<OutputLayer> {
  @Override
  public Optional<String> uncovered(OutputLayer layer) {
    return LayerSettings.first(
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncovered(layer.getActivationFn()),
        LossFunctions.uncovered(layer.getLossFn(), layer.getActivationFn()));
  }

  @Override
  public Value compile(OutputLayer layer, Value in, Site site) {
    Value out =
        DenseOp.add(
            site.assembly(),
            LayerSettings.input(layer, in, site),
            Math.toIntExact(layer.getNOut()),
            layer.hasBias(),
            site.offset(),
            LayerSettings.function(layer.getActivationFn()));
    boolean isDone = LayerSettings.function(layer.getActivationFn()).isPresent();
    return compared(layer.getLossFn(), layer.getActivationFn(), out, isDone, site);
  }

  /**
   * Adds the output, and its loss if there are labels.
   *
   * @param isDone whether {@code out} includes the activation already
   */
  static Value compared(
      ILossFunction loss, IActivation activation, Value out, boolean isDone, Site site) {
    Value last =
        isDone || ActivationFunctions.isIdentity(activation)
            ? out
            : ActivationFunctions.isSoftmax(activation)
                ? LossOp.addSoftmax(site.assembly(), out, loss, activation)
                : LayerSettings.activated(activation, out, site);
    site.target()
        .ifPresent(
            target ->
                site.losses().add(LossOp.add(site.assembly(), last, loss, activation, target)));
    return last;
  }
}
