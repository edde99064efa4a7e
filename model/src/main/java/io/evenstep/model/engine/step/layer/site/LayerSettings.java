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

/** Settings that many types of layer share. */
public final class LayerSettings {
  private LayerSettings() {}

  /** The first reason that is present. */
  @SafeVarargs
  public static Optional<String> first(Optional<String>... reasons) {
    return Stream.of(reasons).flatMap(Optional::stream).findFirst();
  }

  /** A reason, if the condition holds. */
  public static Optional<String> when(boolean holds, String reason) {
    return holds ? Optional.of(reason) : Optional.empty();
  }

  /** Weight noise, which is not covered. */
  public static Optional<String> weights(BaseLayer layer) {
    return when(layer.getWeightNoise() != null, "weight noise");
  }

  /** Dropout of a layer's input in training. */
  public static Optional<String> dropout(Layer layer) {
    if (layer.getIDropout() == null) {
      return Optional.empty();
    }
    return layer.getIDropout().getClass() == Dropout.class
        ? when(((Dropout) layer.getIDropout()).getPSchedule() != null, "dropout with a schedule")
        : Optional.of(layer.getIDropout().getClass().getSimpleName());
  }

  /** A layer's input after dropout. */
  public static Value input(Layer layer, Value in, Site site) {
    if (!site.assembly().isTraining() || layer.getIDropout() == null) {
      return in;
    }
    return DropoutOp.add(site.assembly(), in, ((Dropout) layer.getIDropout()).getP());
  }

  /**
   * The activation that a kernel applies to its result; empty when {@link #activated} applies it.
   */
  public static Optional<Function> function(IActivation activation) {
    return ActivationFunctions.of(activation);
  }

  /** Applies the activation to a value that has none yet. */
  public static Value activated(IActivation activation, Value in, Site site) {
    if (ActivationFunctions.isIdentity(activation)) {
      return in;
    }
    return ActivationFunctions.isSoftmax(activation)
        ? SoftmaxOp.add(site.assembly(), site.assembly().plain(in))
        : ActivationFunctions.add(activation, in, site.assembly());
  }

  /** The activated result of a kernel that was given {@link #function}. */
  public static Value finished(IActivation activation, Value out, Site site) {
    return function(activation).isPresent() ? out : activated(activation, out, site);
  }
}
