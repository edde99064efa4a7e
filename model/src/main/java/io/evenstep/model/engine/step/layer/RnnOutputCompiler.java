package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.loss.LossFunctions;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.util.Optional;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/** {@link RnnOutputLayer}: a dense layer with a loss at each step. */
final class RnnOutputCompiler implements LayerCompiler<RnnOutputLayer> {
  @Override
  public Optional<String> uncovered(RnnOutputLayer layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer.getRnnDataFormat() != RNNFormat.NCW, "sequences with their steps in the middle"),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncovered(layer.getActivationFn()),
        LossFunctions.uncovered(layer.getLossFn(), layer.getActivationFn()));
  }

  @Override
  public Value compile(RnnOutputLayer layer, Value given, Site site) {
    Value in = LayerSettings.input(layer, given, site);
    Value out =
        DenseOp.add(
            site.assembly(),
            Sequences.rows(site.assembly(), in),
            Math.toIntExact(layer.getNOut()),
            layer.hasBias(),
            site.offset(),
            LayerSettings.function(layer.getActivationFn()));
    boolean isDone = LayerSettings.function(layer.getActivationFn()).isPresent();
    Value compared =
        OutputCompiler.compared(layer.getLossFn(), layer.getActivationFn(), out, isDone, site);
    return Sequences.ofRows(site.assembly(), compared, in.size(0));
  }

  /** Only a mask of the labels leaves out steps. */
  @Override
  public MaskUse maskUse(RnnOutputLayer layer, boolean isActive) {
    return MaskUse.ENDS;
  }
}
