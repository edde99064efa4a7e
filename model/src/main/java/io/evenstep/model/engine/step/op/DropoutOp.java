package io.evenstep.model.engine.step.op;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Dropout (Srivastava and others 2014): each number becomes 0, or is divided by the probability of
 * being kept. Two numbers use the halves of one draw. The draw for numbers 2i and 2i + 1, counted
 * in C order, depends only on {@link DrawKey}, this operation and i. DL4J draws other numbers.
 */
public final class DropoutOp implements Op {
  private static final int HALF = 32;

  private final DrawKey key;
  private final int operation;
  private final long keepBelow; // of 2^32
  private final float scale;
  private final FloatBuffer factors;
  private final int count;
  private final Kernel forward;
  private final Optional<Kernel> backward;

  private DropoutOp(
      Assembly assembly, double keep, Tensor factors, Kernel forward, Optional<Kernel> backward) {
    this.key = assembly.randomKey();
    this.operation = assembly.nextOperation();
    this.keepBelow = Math.round(keep * (1L << HALF));
    this.scale = (float) (1 / keep);
    this.factors = factors.floats();
    this.count = this.factors.limit();
    this.forward = forward;
    this.backward = backward;
  }

  /**
   * For training only.
   *
   * @param keep probability of being kept, above 0 and at most 1
   */
  public static Value add(Assembly assembly, Value given, double keep) {
    Value in = assembly.plain(given);
    Value out = assembly.resultLike(in, in.layout(), in.dims());
    Tensor factors = assembly.allocate(Layout.plain(in.dims()));
    assembly.add(
        new DropoutOp(
            assembly,
            keep,
            factors,
            CombineOp.product(assembly, in.data(), factors, out.data()),
            in.slope()
                .map(
                    slope ->
                        CombineOp.product(assembly, out.slope().orElseThrow(), factors, slope))));
    return out;
  }

  @Override
  public void forward() {
    long stream = key.stream(operation);
    for (int i = 0; i < count; i += 2) {
      stream += SplitMix64.GOLDEN;
      long draw = SplitMix64.mix(stream);
      factors.put(i, (draw >>> HALF) < keepBelow ? scale : 0);
      if (i + 1 < count) {
        factors.put(i + 1, (draw & 0xFFFFFFFFL) < keepBelow ? scale : 0);
      }
    }
    forward.run();
  }

  @Override
  public void backward() {
    backward.ifPresent(Kernel::run);
  }
}
