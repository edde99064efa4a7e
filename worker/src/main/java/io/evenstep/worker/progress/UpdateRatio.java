package io.evenstep.worker.progress;

import io.evenstep.model.engine.Region;
import io.evenstep.model.network.dl4j.LayerRange;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a step moves the parameters in relation to their size: the norm of the change over the
 * norm before it. In a large network it looks at evenly spaced parameters of each layer, so that it
 * costs at most a millisecond.
 */
final class UpdateRatio {
  /** Most parameters that it looks at; a few more when layers do not divide evenly. */
  static final int MOST_PARAMETERS = 1 << 18;

  /** Most layers that are reported one by one. */
  static final int MOST_LAYERS = 256;

  private final Region parameters; // [n]
  private final List<LayerRange> layers;
  private final boolean layersAreTold;
  private float[] before = {}; // [parameter looked at], in order

  /**
   * @param layers that learn; if empty, the vector is treated as a whole
   */
  UpdateRatio(Region parameters, List<LayerRange> layers) {
    this.parameters = parameters;
    this.layersAreTold = !layers.isEmpty() && layers.size() <= MOST_LAYERS;
    this.layers = layersAreTold ? layers : List.of(new LayerRange("", 0, parameters.length()));
  }

  /**
   * The effect of a step.
   *
   * @param whole ratio of all parameters
   * @param layers ratio of each layer, in order; empty when layers are not reported
   */
  record Ratios(double whole, List<Double> layers) {}

  /** Copies the current parameters. */
  void before() {
    FloatBuffer values = values();
    if (before.length == 0) {
      before = new float[layers.stream().mapToInt(layer -> count(layer)).sum()];
    }
    int next = 0;
    for (LayerRange layer : layers) {
      int stride = stride(layer);
      for (long at = layer.from(); at < layer.to(); at += stride) {
        before[next++] = values.get((int) at);
      }
    }
  }

  /** The change since {@link #before}. */
  Ratios after() {
    FloatBuffer values = values();
    List<Double> ratios = new ArrayList<>();
    double allMoved = 0;
    double allSize = 0;
    int next = 0;
    for (LayerRange layer : layers) {
      int stride = stride(layer);
      double moved = 0;
      double size = 0;
      for (long at = layer.from(); at < layer.to(); at += stride) {
        double was = before[next++];
        double change = values.get((int) at) - was;
        moved += change * change;
        size += was * was;
      }
      ratios.add(ratio(moved, size));
      allMoved += moved * stride; // each represents its neighbours
      allSize += size * stride;
    }
    return new Ratios(ratio(allMoved, allSize), layersAreTold ? ratios : List.of());
  }

  private FloatBuffer values() {
    parameters.refresh();
    return parameters.bytes().asFloatBuffer();
  }

  private int stride(LayerRange layer) {
    return stride(layer, layers.size());
  }

  /** Distance between the parameters that are looked at in one of so many layers. */
  static int stride(LayerRange layer, int layers) {
    long most = Math.max(1, MOST_PARAMETERS / layers);
    return (int) Math.max(1, (layer.to() - layer.from() + most - 1) / most);
  }

  private int count(LayerRange layer) {
    int stride = stride(layer);
    return (int) ((layer.to() - layer.from() + stride - 1) / stride);
  }

  private static double ratio(double moved, double size) {
    return size == 0 ? Double.NaN : Math.sqrt(moved / size);
  }
}
