package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.Bfloat16;
import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;

/**
 * The factors of products, rounded to bfloat16: each is copied, so that all else is computed with
 * float32.
 */
final class Rounding {
  private Rounding() {}

  /** A layer's input. The slope is that of the rounded numbers, unchanged. */
  static Value input(Assembly assembly, Value in) {
    Value own = assembly.owned(in);
    Tensor rounded = assembly.allocate(own.layout());
    assembly.add(new Ahead(own.data().floats(), rounded.floats()));
    return new Value(in.shape(), rounded, in.slope());
  }

  /** Parameters, copied and rounded when they have changed. */
  static Tensor parameters(Assembly assembly, Tensor flat) {
    Tensor rounded = assembly.allocate(flat.layout());
    assembly.add(new AtLoad(assembly.reorder(flat, rounded), rounded.floats()));
    return rounded;
  }

  /** Rounds the slope of a product, before the product's own backward pass. */
  static void slope(Assembly assembly, Tensor slope, Tensor rounded) {
    assembly.add(new Back(slope.floats(), rounded.floats()));
  }

  /** Rounds each number; both may be the same memory. */
  private static void round(FloatBuffer from, FloatBuffer to) {
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, Bfloat16.round(from.get(i)));
    }
  }

  private record Ahead(FloatBuffer from, FloatBuffer to) implements Op {
    @Override
    public void forward() {
      round(from, to);
    }

    @Override
    public void backward() {}
  }

  private record AtLoad(Kernel copy, FloatBuffer numbers) implements Op {
    @Override
    public void load() {
      copy.run();
      round(numbers, numbers);
    }

    @Override
    public void forward() {}

    @Override
    public void backward() {}
  }

  private record Back(FloatBuffer from, FloatBuffer to) implements Op {
    @Override
    public void forward() {}

    @Override
    public void backward() {
      round(from, to);
    }
  }
}
