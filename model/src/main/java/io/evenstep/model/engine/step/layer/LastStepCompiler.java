package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;

/** {@link LastTimeStep} of a recurrent layer. */
final class LastStepCompiler implements LayerCompiler<LastTimeStep> {
  @Override
  public Optional<String> uncovered(LastTimeStep layer) {
    return LayerCompilers.uncovered("last step of", layer.getUnderlying());
  }

  @Override
  public Value compile(LastTimeStep layer, Value in, Site site) {
    return Sequences.last(site.assembly(), LayerCompilers.compile(layer.getUnderlying(), in, site));
  }
}
