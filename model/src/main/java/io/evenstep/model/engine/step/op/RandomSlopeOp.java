package io.evenstep.model.engine.step.op;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * A leaky ReLU that draws its slope below 0 for each element (Xu and others 2015, "Empirical
 * evaluation of rectified activations in convolutional network"). The draw for element i, counted
 * in C order, depends only on {@link DrawKey}, this operation and i. The loss's slope is computed
 * in place.
 */
public final class RandomSlopeOp implements Op {
  private static final int UNUSED_BITS = 40; // of 64 bits: a float holds 24
  private static final float UNIT = 1f / (1 << 24);

  private final DrawKey key;
  private final int operation;
  private final float low;
  private final float width;
  private final FloatBuffer in;
  private final FloatBuffer out;
  private final Optional<FloatBuffer> slopes;

  private RandomSlopeOp(Assembly assembly, Value in, Tensor out, float low, float high) {
    this.key = assembly.randomKey();
    this.operation = assembly.nextOperation();
    this.low = low;
    this.width = high - low;
    this.in = in.data().floats();
    this.out = out.floats();
    this.slopes = in.slope().map(Tensor::floats);
  }

  /**
   * For training only.
   *
   * @param low least slope below 0
   * @param high largest slope below 0
   */
  public static Value add(Assembly assembly, Value given, float low, float high) {
    Value in = assembly.owned(assembly.plain(given));
    Tensor data = assembly.allocate(in.layout());
    assembly.add(new RandomSlopeOp(assembly, in, data, low, high));
    return new Value(in.shape(), data, in.slope());
  }

  @Override
  public void forward() {
    long stream = key.stream(operation);
    for (int i = 0; i < out.limit(); i++) {
      float x = in.get(i);
      out.put(i, x < 0 ? x * drawn(stream, i) : x);
    }
  }

  @Override
  public void backward() {
    if (slopes.isPresent()) {
      FloatBuffer slope = slopes.get();
      long stream = key.stream(operation);
      for (int i = 0; i < slope.limit(); i++) {
        if (in.get(i) < 0) {
          slope.put(i, slope.get(i) * drawn(stream, i));
        }
      }
    }
  }

  private float drawn(long stream, int i) {
    long draw = SplitMix64.mix(stream + (i + 1L) * SplitMix64.GOLDEN);
    return low + width * UNIT * (draw >>> UNUSED_BITS);
  }
}
