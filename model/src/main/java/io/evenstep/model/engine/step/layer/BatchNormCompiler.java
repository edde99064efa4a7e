package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.BatchNormOp;
import io.evenstep.model.engine.step.op.RunningStatistics;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/** {@link BatchNormalization} of vectors and images. DL4J's layer has no activation. */
final class BatchNormCompiler implements LayerCompiler<BatchNormalization> {
  @Override
  public Optional<String> uncovered(BatchNormalization layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer.getCnn2DFormat() != CNN2DFormat.NCHW, "images with their channels last"),
        LayerSettings.when(!layer.isMinibatch(), "statistics of a whole data set"),
        LayerSettings.when(
            layer.isLockGammaBeta() && (layer.getGamma() != 1 || layer.getBeta() != 0),
            "a fixed gamma or beta"));
  }

  @Override
  public Value compile(BatchNormalization layer, Value in, Site site) {
    return BatchNormOp.add(
        site.assembly(),
        in,
        site.offset(),
        !layer.isLockGammaBeta(),
        (float) layer.getEps(),
        new RunningStatistics.Settings(layer.getDecay(), layer.isUseLogStd()));
  }
}
