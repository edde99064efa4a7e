package io.evenstep.model.engine.step.layer.attention;

import io.evenstep.model.engine.step.attention.LayerNormKernels;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import io.evenstep.model.layer.LayerNorm;
import java.util.Optional;

/** {@link LayerNorm}. */
public final class LayerNormCompiler implements LayerCompiler<LayerNorm> {
  @Override
  public Optional<String> uncovered(LayerNorm layer) {
    return LayerSettings.first(LayerSettings.weights(layer), LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(LayerNorm layer, Value in, Site site) {
    Value seen = LayerSettings.input(layer, in, site);
    boolean isSequence = seen.shape().size() == 3;
    Value rows = isSequence ? Sequences.rows(site.assembly(), seen) : site.assembly().plain(seen);
    Value out =
        LayerNormKernels.add(site.assembly(), rows, site.offset(), (float) LayerNorm.EPSILON);
    return isSequence ? Sequences.ofRows(site.assembly(), out, in.size(0)) : out;
  }

  @Override
  public MaskUse maskUse(LayerNorm layer, boolean isActive) {
    return MaskUse.PASSES;
  }
}
