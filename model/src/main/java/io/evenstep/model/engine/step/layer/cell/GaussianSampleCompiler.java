package io.evenstep.model.engine.step.layer.cell;

import io.evenstep.model.engine.step.cell.GaussianSampleOp;
import io.evenstep.model.engine.step.cell.GaussianSampleOp.Noise;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.GaussianSample;
import java.util.Optional;

/** {@link GaussianSample}. */
public final class GaussianSampleCompiler implements LayerCompiler<GaussianSample> {
  @Override
  public Optional<String> uncovered(GaussianSample layer) {
    return LayerSettings.dropout(layer);
  }

  @Override
  public Value compile(GaussianSample layer, Value in, Site site) {
    Value seen = LayerSettings.input(layer, in, site);
    return GaussianSampleOp.add(site.assembly(), seen, noise(site), site.losses());
  }

  private static Noise noise(Site site) {
    if (site.assembly().isTraining()) {
      return Noise.TRAINING;
    }
    return site.isJudged() ? Noise.EVALUATION : Noise.NONE;
  }
}
