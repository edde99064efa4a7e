package io.evenstep.model.engine.step.layer.attention;

import io.evenstep.model.engine.step.attention.Attention;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Mask;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.DenseOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import io.evenstep.model.layer.SelfAttention;
import java.util.Optional;

/** {@link SelfAttention}. */
public final class SelfAttentionCompiler implements LayerCompiler<SelfAttention> {
  @Override
  public Optional<String> uncovered(SelfAttention layer) {
    return LayerSettings.first(LayerSettings.weights(layer), LayerSettings.dropout(layer));
  }

  @Override
  public MaskUse maskUse(SelfAttention layer, boolean isActive) {
    return MaskUse.PASSES;
  }

  @Override
  public Value compile(SelfAttention layer, Value in, Site site) {
    Assembly assembly = site.assembly();
    Value steps = Sequences.rows(assembly, LayerSettings.input(layer, in, site));
    int units = Math.toIntExact(layer.getNOut());
    Value projected =
        DenseOp.add(assembly, steps, 3 * units, true, site.offset(), Optional.empty());
    Value seen =
        Attention.add(
            assembly,
            projected,
            in.size(0),
            layer.heads(),
            layer.isCausal(),
            site.mask().map(Mask::steps));
    long behindProjection = site.offset() + 3 * (layer.getNIn() + 1) * units;
    Value out = DenseOp.add(assembly, seen, units, true, behindProjection, Optional.empty());
    return Sequences.ofRows(assembly, out, in.size(0));
  }
}
