package io.evenstep.worker.progress;

import io.evenstep.model.engine.Region;
import io.evenstep.model.network.dl4j.LayerRange;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How the weights of each layer are spread. Of a large network it looks at evenly spaced weights of
 * each layer, as {@link UpdateRatio} does; it changes none.
 */
final class WeightSpread {
  /** The maximum number of layers that are reported individually, so that an event stays small. */
  static final int MOST_LAYERS = 64;

  private static final int BUCKETS = 30;

  private final Region parameters; // [n]
  private final List<LayerRange> layers;

  /**
   * @param layers that learn; if there are none, nothing is reported
   */
  WeightSpread(Region parameters, List<LayerRange> layers) {
    this.parameters = parameters;
    this.layers = layers.size() <= MOST_LAYERS ? List.copyOf(layers) : List.of();
  }

  /** One histogram a layer, in order. */
  List<ProgressEvent.Histogram> look() {
    parameters.refresh();
    FloatBuffer values = parameters.bytes().asFloatBuffer();
    List<ProgressEvent.Histogram> spread = new ArrayList<>();
    for (LayerRange layer : layers) {
      spread.add(look(values, layer));
    }
    return spread;
  }

  private ProgressEvent.Histogram look(FloatBuffer values, LayerRange layer) {
    int stride = UpdateRatio.stride(layer, layers.size());
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (long at = layer.from(); at < layer.to(); at += stride) {
      double value = values.get((int) at);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      sum += value;
      squares += value * value;
    }
    long[] counts = new long[BUCKETS];
    if (Double.isFinite(squares)) {
      double width = Math.max((greatest - least) / BUCKETS, Double.MIN_NORMAL);
      for (long at = layer.from(); at < layer.to(); at += stride) {
        int bucket = (int) ((values.get((int) at) - least) / width);
        counts[Math.min(BUCKETS - 1, bucket)]++;
      }
    }
    return new ProgressEvent.Histogram(
        least, greatest, sum, squares, LongStream.of(counts).boxed().toList());
  }
}
