package io.evenstep.model.engine.step.layer.sequence;

import io.evenstep.model.engine.step.layer.site.DirectedCompiler;
import io.evenstep.model.engine.step.layer.site.LayerCompiler;
import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.layer.site.MaskUse;
import io.evenstep.model.engine.step.layer.site.Site;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.MaskOp;
import io.evenstep.model.engine.step.sequence.SteppedRnn;
import io.evenstep.model.engine.step.sequence.VanillaRnn;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** {@link SimpleRnn}. */
public final class SimpleRnnCompiler implements LayerCompiler<SimpleRnn>, DirectedCompiler {
  @Override
  public Optional<String> uncovered(SimpleRnn layer) {
    return LayerSettings.first(
        LayerSettings.when(
            layer.getRnnDataFormat() != RNNFormat.NCW, "sequences with their steps in the middle"),
        LayerSettings.when(layer.hasLayerNorm(), "layer normalisation"),
        Curves.uncovered(layer.getActivationFn()),
        LayerSettings.weights(layer),
        LayerSettings.dropout(layer));
  }

  @Override
  public Value compile(SimpleRnn layer, Value in, Site site) {
    return compile(layer, in, site, true);
  }

  @Override
  public Value compile(Layer layer, Value in, Site site, boolean isForward) {
    Value out = steps((SimpleRnn) layer, LayerSettings.input(layer, in, site), site, isForward);
    return site.mask().isPresent()
        ? MaskOp.add(site.assembly(), out, site.mask().get().steps())
        : out;
  }

  private static Value steps(SimpleRnn layer, Value in, Site site, boolean isForward) {
    Optional<algorithm> function = function(layer);
    return function.isPresent()
        ? VanillaRnn.add(
            site.assembly(), in, layer.getNOut(), site.offset(), isForward, function.get())
        : SteppedRnn.add(
            site.assembly(),
            in,
            layer.getNOut(),
            site.offset(),
            isForward,
            Curves.of(layer.getActivationFn()).orElseThrow());
  }

  /** DL4J sets the output to 0 at masked steps. */
  @Override
  public MaskUse maskUse(SimpleRnn layer, boolean isActive) {
    return MaskUse.PASSES;
  }

  /** The activations with which oneDNN computes all steps. */
  private static Optional<algorithm> function(SimpleRnn layer) {
    IActivation activation = layer.getActivationFn();
    if (activation.getClass() == ActivationTanH.class) {
      return Optional.of(algorithm.eltwise_tanh);
    } else if (activation.getClass() == ActivationSigmoid.class) {
      return Optional.of(algorithm.eltwise_logistic);
    }
    return activation.equals(new ActivationReLU())
        ? Optional.of(algorithm.eltwise_relu)
        : Optional.empty();
  }
}
