package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.CombineOp;
import io.evenstep.model.engine.step.op.ForkOp;
import io.evenstep.model.engine.step.op.MergeOp;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.layer.Gru;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.AbstractLSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;

/** {@link Bidirectional}: a layer in each direction over the same sequences. */
final class BidirectionalCompiler implements LayerCompiler<Bidirectional> {
  @Override
  public Optional<String> uncovered(Bidirectional layer) {
    return LayerSettings.first(
        LayerCompilers.uncovered("each way", layer.getFwd()),
        LayerSettings.when(
            LayerCompilers.directed(layer.getFwd()).isEmpty(), "a layer that has no direction"));
  }

  /** In the flat vector the parameters of the forward direction come first. */
  @Override
  public Value compile(Bidirectional layer, Value in, Site site) {
    List<Value> inputs = ForkOp.add(site.assembly(), in, 2);
    long parameters = layer.initializer().numParams(layer) / 2;
    Site second =
        new Site(
            site.assembly(),
            site.offset() + parameters,
            Optional.empty(),
            site.losses(),
            site.mask(),
            site.isJudged());
    List<Value> ways =
        List.of(
            way(layer.getFwd(), inputs.get(0), site, true),
            way(layer.getBwd(), inputs.get(1), second, false));
    return switch (layer.getMode()) {
      case CONCAT -> MergeOp.add(site.assembly(), ways);
      case ADD -> CombineOp.addSum(site.assembly(), ways, 1);
      case AVERAGE -> CombineOp.addSum(site.assembly(), ways, 0.5f);
      case MUL -> CombineOp.addProduct(site.assembly(), ways);
    };
  }

  private static Value way(Layer layer, Value in, Site site, boolean isForward) {
    return LayerCompilers.directed(layer).orElseThrow().compile(layer, in, site, isForward);
  }

  /** Layers that read masked steps like others read them in both directions. */
  @Override
  public MaskUse maskUse(Bidirectional layer, boolean isActive) {
    boolean readsAll = layer.getFwd() instanceof AbstractLSTM || layer.getFwd() instanceof Gru;
    return readsAll ? MaskUse.RESTS : MaskUse.UNCOVERED;
  }
}
