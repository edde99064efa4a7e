package io.evenstep.model.engine.step.layer.site;

import io.evenstep.model.engine.step.op.DropoutOp;
import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.SoftmaxOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;

/** LayerSettings that many types of layer share. */
public final class LayerSettings {
  private LayerSettings() {}

  /** The first thing that is not covered. */
  @SafeVarargs
  public static Optional<String> first(Optional<String>... reasons) {
    return Stream.of(reasons).flatMap(Optional::stream).findFirst();
  }

  /** A reason, if it holds. */
  public static Optional<String> when(boolean holds, String reason) {
    return holds ? Optional.of(reason) : Optional.empty();
  }

  /** What a layer with weights may have: noise on them. */
  public static Optional<String> weights(BaseLayer layer) {
    return when(layer.getWeightNoise() != null, "weight noise");
  }

  /** What is done to a layer's input in training. */
  public static Optional<String> dropout(Layer layer) {
    if (layer.getIDropout() == null) {
      return Optional.empty();
    }
    return layer.getIDropout().getClass() == Dropout.class
        ? when(((Dropout) layer.getIDropout()).getPSchedule() != null, "dropout with a schedule")
        : Optional.of(layer.getIDropout().getClass().getSimpleName());
  }

  /** A layer's input as it sees it. */
  public static Value input(Layer layer, Value in, Site site) {
    if (!site.assembly().isTraining() || layer.getIDropout() == null) {
      return in;
    }
    return DropoutOp.add(site.assembly(), in, ((Dropout) layer.getIDropout()).getP());
  }

  /** What a kernel is told to do to its result; empty where {@link #activated} does it. */
  public static Optional<Function> function(IActivation activation) {
    return ActivationFunctions.of(activation);
  }

  /** The activation of what has none yet. */
  public static Value activated(IActivation activation, Value in, Site site) {
    if (ActivationFunctions.isIdentity(activation)) {
      return in;
    }
    return ActivationFunctions.isSoftmax(activation)
        ? SoftmaxOp.add(site.assembly(), site.assembly().plain(in))
        : ActivationFunctions.add(activation, in, site.assembly());
  }

  /** What comes out of a kernel that was told a {@link #function}, with its activation. */
  public static Value finished(IActivation activation, Value out, Site site) {
    return function(activation).isPresent() ? out : activated(activation, out, site);
  }
}
