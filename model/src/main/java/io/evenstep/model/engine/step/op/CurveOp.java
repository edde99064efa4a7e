package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * A {@link Curve}, which must be 0 at 0: some layouts have padding that must stay 0. The slope is
 * computed in place.
 */
public final class CurveOp implements Op {
  private final Curve curve;
  private final FloatBuffer in;
  private final FloatBuffer out;
  private final Optional<FloatBuffer> slopes;

  private CurveOp(Curve curve, Value in, Tensor out) {
    this.curve = curve;
    this.in = in.data().floats();
    this.out = out.floats();
    this.slopes = in.slope().map(Tensor::floats);
  }

  /** Applies the function; the value's own numbers are kept. */
  public static Value add(Assembly assembly, Value given, Curve curve) {
    Value in = assembly.owned(given);
    Tensor data = assembly.allocate(in.layout());
    assembly.add(new CurveOp(curve, in, data));
    return new Value(in.shape(), data, in.slope());
  }

  @Override
  public void forward() {
    for (int i = 0; i < out.limit(); i++) {
      out.put(i, curve.of(in.get(i)));
    }
  }

  @Override
  public void backward() {
    if (slopes.isPresent()) {
      FloatBuffer slope = slopes.get();
      for (int i = 0; i < slope.limit(); i++) {
        slope.put(i, slope.get(i) * curve.slope(in.get(i)));
      }
    }
  }
}
