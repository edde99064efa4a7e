package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.LastStepOp;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;

/** {@link LastTimeStep} of a recurrent layer. */
final class LastStepCompiler implements LayerCompiler<LastTimeStep> {
  @Override
  public Optional<String> uncovered(LastTimeStep layer) {
    return LayerCompilers.uncovered("last step of", layer.getUnderlying());
  }

  @Override
  public Value compile(LastTimeStep layer, Value in, Site site) {
    Value steps = LayerCompilers.compile(layer.getUnderlying(), in, site);
    return site.mask().isPresent()
        ? LastStepOp.add(site.assembly(), steps, site.mask().get().steps())
        : Sequences.last(site.assembly(), steps);
  }

  /** Reading backward, DL4J sets the state to 0 at masked steps. */
  @Override
  public MaskUse maskUse(LastTimeStep layer, boolean isActive) {
    return layer.getUnderlying() instanceof Bidirectional ? MaskUse.UNCOVERED : MaskUse.ENDS;
  }
}
