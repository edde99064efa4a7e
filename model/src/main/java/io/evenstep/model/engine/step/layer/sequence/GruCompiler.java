package io.evenstep.model.engine.step.layer.sequence;

import io.evenstep.model.engine.step.layer.site.DirectedCompiler;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.GruOp;
import io.evenstep.model.layer.Gru;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.Layer;

/** {@link Gru}. */
public final class GruCompiler implements LayerCompiler<Gru>, DirectedCompiler {
  @Override
  public Optional<String> uncovered(Gru layer) {
    return LayerSettings.first(LayerSettings.weights(layer), LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(Gru layer, Value in, Site site) {
    return compile(layer, in, site, true);
  }

  @Override
  public Value compile(Layer layer, Value in, Site site, boolean isForward) {
    Value seen = LayerSettings.input(layer, in, site);
    long units = ((Gru) layer).getNOut();
    return GruOp.add(site.assembly(), seen, units, site.offset(), isForward);
  }

  @Override
  public MaskUse maskUse(Gru layer, boolean isActive) {
    return MaskUse.RESTS;
  }
}
