package io.evenstep.model.engine.step.layer.attention;

import io.evenstep.model.engine.step.layer.site.ActivationFunctions;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import io.evenstep.model.layer.StepDense;
import java.util.Optional;

/** {@link StepDense}. */
public final class StepDenseCompiler implements LayerCompiler<StepDense> {
  @Override
  public Optional<String> uncovered(StepDense layer) {
    return LayerSettings.first(
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer),
        ActivationFunctions.uncovered(layer.getActivationFn()));
  }

  @Override
  public Value compile(StepDense layer, Value in, Site site) {
    Value steps = Sequences.rows(site.assembly(), LayerSettings.input(layer, in, site));
    Value out =
        DenseOp.add(
            site.assembly(),
            steps,
            Math.toIntExact(layer.getNOut()),
            true,
            site.offset(),
            LayerSettings.function(layer.getActivationFn()));
    Value done = LayerSettings.finished(layer.getActivationFn(), out, site);
    return Sequences.ofRows(site.assembly(), done, in.size(0));
  }

  @Override
  public MaskUse maskUse(StepDense layer, boolean isActive) {
    return MaskUse.PASSES;
  }
}
