package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.Bfloat16;
import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.LongPointer;

/**
 * The factors of products, rounded to bfloat16: each is copied, so that all else is computed with
 * float32. The copies are of bfloat16 if {@link Assembly#isNarrow}, otherwise rounded floats.
 */
final class Rounding {
  private Rounding() {}

  /** A layer's input. The slope is that of the rounded numbers, unchanged. */
  static Value input(Assembly assembly, Value in) {
    if (assembly.isNarrow()) {
      Tensor narrow = room(assembly, in.data());
      assembly.add(Copies.ahead(assembly.reorder(in.data(), narrow)));
      return new Value(in.shape(), narrow, in.slope());
    }
    Value own = assembly.owned(in);
    Tensor rounded = assembly.allocate(own.layout());
    assembly.add(new Ahead(own.data().floats(), rounded.floats()));
    return new Value(in.shape(), rounded, in.slope());
  }

  /** Parameters, copied and rounded when they have changed. */
  static Tensor parameters(Assembly assembly, Tensor flat) {
    Tensor rounded = room(assembly, flat);
    Kernel copy = assembly.reorder(flat, rounded);
    assembly.add(assembly.isNarrow() ? Copies.atLoad(copy) : new AtLoad(copy, rounded.floats()));
    return rounded;
  }

  /** Memory for the rounded copy of a tensor, which is in C order if copies are of bfloat16. */
  static Tensor room(Assembly assembly, Tensor of) {
    return assembly.allocate(
        assembly.isNarrow() ? Layout.plain(memory.data_type.bf16, dims(of.layout())) : of.layout());
  }

  private static long[] dims(memory.desc layout) {
    LongPointer all = layout.get_dims();
    long[] dims = new long[layout.get_ndims()];
    all.get(dims);
    return dims;
  }

  /** Rounds the slope of a product, before the product's own backward pass. */
  static void slope(Assembly assembly, Tensor slope, Tensor rounded) {
    assembly.add(
        assembly.isNarrow()
            ? Copies.back(assembly.reorder(slope, rounded))
            : new Back(slope.floats(), rounded.floats()));
  }

  /** Rounds each number; both may be the same memory. */
  private static void round(FloatBuffer from, FloatBuffer to) {
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, Bfloat16.round(from.get(i)));
    }
  }

  /** Copies by oneDNN, which rounds to the nearest and then to even, as {@link Bfloat16}. */
  private record Copies(Optional<Kernel> atLoad, Optional<Kernel> ahead, Optional<Kernel> back)
      implements Op {
    static Copies atLoad(Kernel copy) {
      return new Copies(Optional.of(copy), Optional.empty(), Optional.empty());
    }

    static Copies ahead(Kernel copy) {
      return new Copies(Optional.empty(), Optional.of(copy), Optional.empty());
    }

    static Copies back(Kernel copy) {
      return new Copies(Optional.empty(), Optional.empty(), Optional.of(copy));
    }

    @Override
    public void load() {
      atLoad.ifPresent(Kernel::run);
    }

    @Override
    public void forward() {
      ahead.ifPresent(Kernel::run);
    }

    @Override
    public void backward() {
      back.ifPresent(Kernel::run);
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
