package io.evenstep.model.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/**
 * How large a layer will be, from its configuration only. DL4J multiplies sizes without checking
 * for overflow. Here, sizes beyond all memory are {@link #COUNTLESS}, and sums with them are, too.
 */
final class LayerSize {
  /** More numbers than any memory can hold. */
  static final long COUNTLESS = 1L << 60;

  /** Products below this are far enough from overflow to use DL4J's exact count. */
  private static final double COUNTED = 0x1p50;

  private LayerSize() {}

  /** How many parameters it has. */
  static long parameters(NeuralNetConfiguration layer) {
    double product = product(layer.getLayer());
    return product > COUNTED
        ? (long) Math.min(product, COUNTLESS)
        : Math.max(0, layer.getLayer().initializer().numParams(layer));
  }

  /**
   * How many numbers its optimizer keeps. Batch statistics need none, because no optimizer updates
   * them.
   */
  static long optimizerState(NeuralNetConfiguration layer) {
    Layer inner = unwrapped(layer.getLayer());
    List<String> keys = inner.initializer().paramKeys(inner);
    double parameters = parameters(layer);
    return (long)
        keys.stream()
            .flatMap(key -> Optional.ofNullable(inner.getUpdaterByParam(key)).stream())
            .mapToDouble(updater -> updater.stateSize(1) * parameters / keys.size())
            .sum();
  }

  /** How many numbers a row of this type has. A sequence of unknown length counts as one step. */
  static long length(InputType rows) {
    double length =
        Arrays.stream(rows.getShape(false))
            .asDoubleStream()
            .reduce(1, (a, b) -> a * Math.max(1, b));
    return (long) Math.min(length, COUNTLESS);
  }

  /** A sum that stays at {@link #COUNTLESS}. */
  static long sum(long some, long more) {
    return Math.min(COUNTLESS, some + more);
  }

  private static Layer unwrapped(Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      return unwrapped(wrapper.getUnderlying());
    }
    return layer instanceof FrozenLayer frozen ? unwrapped(frozen.getLayer()) : layer;
  }

  /** Roughly the size of its largest array. */
  private static double product(Layer wrapped) {
    Layer layer = unwrapped(wrapped);
    if (layer instanceof Bidirectional both) {
      return product(both.getFwd()) + product(both.getBwd());
    } else if (!(layer instanceof FeedForwardLayer)) {
      return 0;
    }
    double in = Math.max(1, ((FeedForwardLayer) layer).getNIn());
    double out = Math.max(1, ((FeedForwardLayer) layer).getNOut());
    return layer instanceof BaseRecurrentLayer ? (in + out) * out : in * out * kernel(layer);
  }

  private static double kernel(Layer layer) {
    double points = 1;
    if (layer instanceof ConvolutionLayer convolution && convolution.getKernelSize() != null) {
      points =
          Arrays.stream(convolution.getKernelSize())
              .asDoubleStream()
              .reduce(1, (a, b) -> a * Math.max(1, b));
    }
    return layer instanceof SeparableConvolution2D separable
        ? points * Math.max(1, separable.getDepthMultiplier())
        : points;
  }
}
